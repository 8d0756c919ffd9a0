using System.Text;

namespace Lastro.Core.Strategies;

/// <summary>The words of every <see cref="ErrorCodes"/>; {name} stands for an argument.</summary>
internal static class ErrorTexts
{
    public static string Message(string code, IReadOnlyDictionary<string, string> arguments, SentenceLanguage language)
    {
        var text = new StringBuilder(Of(language).GetValueOrDefault(code) ?? ErrorsEnglish.Texts[code]);
        foreach (var (name, value) in arguments)
            text.Replace("{" + name + "}", value);
        return text.ToString();
    }

    public static IReadOnlyDictionary<string, string> Of(SentenceLanguage language) => language switch
    {
        SentenceLanguage.English => ErrorsEnglish.Texts,
        SentenceLanguage.Portuguese => ErrorsPortuguese.Texts,
        SentenceLanguage.Russian => ErrorsRussian.Texts,
        SentenceLanguage.Spanish => ErrorsSpanish.Texts,
    };
}
