using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>Names of indicators in full, for lists and pickers. English ones stand in the catalog.</summary>
public static class IndicatorTitles
{
    private static readonly Dictionary<string, (string Portuguese, string Russian, string Spanish)> _titles = Read(TitleLines.Text);

    /// <summary>The name in full in a language.</summary>
    public static string Of(Indicator entry, SentenceLanguage language)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return language == SentenceLanguage.English || !_titles.TryGetValue(entry.Name, out var titles) ? entry.Title : language switch
        {
            SentenceLanguage.Portuguese => titles.Portuguese,
            SentenceLanguage.Russian => titles.Russian,
            SentenceLanguage.Spanish => titles.Spanish,
            SentenceLanguage.English => entry.Title,
        };
    }

    internal static IReadOnlyCollection<string> Names => _titles.Keys;

    private static Dictionary<string, (string, string, string)> Read(string lines)
    {
        var titles = new Dictionary<string, (string, string, string)>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(" | ");
            titles.Add(parts[0], (parts[1], parts[2], parts[3]));
        }

        return titles;
    }
}
