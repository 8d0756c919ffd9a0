using System.Text;

namespace Lastro.Core.Strategies;

/// <summary>The words of every <see cref="ErrorCodes"/>; {name} stands for an argument.</summary>
internal static class ErrorTexts
{
    public static string Message(string code, IReadOnlyDictionary<string, string> arguments, SentenceLanguage language)
    {
        var template = Of(language)[code].AsSpan();
        var text = new StringBuilder();
        // Once from left to right: a stranger's value may hold braces too.
        for (var start = template.IndexOf('{'); start >= 0; start = template.IndexOf('{'))
        {
            var end = template.IndexOf('}');
            text.Append(template[..start]).Append(arguments.GetValueOrDefault(template[(start + 1)..end].ToString()));
            template = template[(end + 1)..];
        }

        return text.Append(template).ToString();
    }

    public static IReadOnlyDictionary<string, string> Of(SentenceLanguage language) => language switch
    {
        SentenceLanguage.English => ErrorsEnglish.Texts,
        SentenceLanguage.Portuguese => ErrorsPortuguese.Texts,
        SentenceLanguage.Russian => ErrorsRussian.Texts,
        SentenceLanguage.Spanish => ErrorsSpanish.Texts,
    };
}
