using System.Globalization;
using System.Text;

namespace Lastro.Cli.Html;

/// <summary>HTML being written: text is escaped, markup is not.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup as it stands; numbers in the invariant form.</summary>
    public HtmlText Raw(FormattableString markup)
    {
        _text.Append(markup.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Markup as it stands.</summary>
    public HtmlText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Text, escaped.</summary>
    public HtmlText Text(string text)
    {
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                _ => _text.Append(letter),
            };
        }

        return this;
    }

    /// <summary>An element with text in it.</summary>
    public HtmlText Element(string tag, string text, string attributes = "")
    {
        Raw("<").Raw(tag);
        if (attributes.Length > 0)
            Raw(" ").Raw(attributes);
        return Raw(">").Text(text).Raw("</").Raw(tag).Raw(">");
    }

    public override string ToString() => _text.ToString();
}
