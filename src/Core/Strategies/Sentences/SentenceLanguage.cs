namespace Lastro.Core.Strategies;

/// <summary>A language sentences and messages are made in.</summary>
public enum SentenceLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>Portuguese of Brazil.</summary>
    Portuguese,

    /// <summary>Russian.</summary>
    Russian,

    /// <summary>Spanish.</summary>
    Spanish,
}

/// <summary>Codes of the languages.</summary>
public static class SentenceLanguages
{
    /// <summary>The language of "en", "pt", "pt-BR", "ru", "es"; English for every other.</summary>
    public static SentenceLanguage Of(string? code) => code is { Length: >= 2 } ? code[..2].ToUpperInvariant() switch
    {
        "PT" => SentenceLanguage.Portuguese,
        "RU" => SentenceLanguage.Russian,
        "ES" => SentenceLanguage.Spanish,
        _ => SentenceLanguage.English,
    }
    : SentenceLanguage.English;
}
