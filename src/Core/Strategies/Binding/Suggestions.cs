namespace Lastro.Core.Strategies;

/// <summary>What was probably meant by an unknown name.</summary>
internal static class Suggestions
{
    private const int Longest = 64;

    // Words of other platforms for what the catalog has.
    private static readonly Dictionary<string, string> _elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ma"] = "sma",
        ["mean"] = "sma",
        ["average"] = "sma",
        ["avg"] = "sma",
        ["smma"] = "rma",
        ["wilder"] = "rma",
        ["bb"] = "bollinger",
        ["bbands"] = "bollinger",
        ["boll"] = "bollinger",
        ["kc"] = "keltner",
        ["stdev"] = "stddev",
        ["std"] = "stddev",
        ["max"] = "highest",
        ["min"] = "lowest",
        ["willr"] = "williams",
        ["wpr"] = "williams",
        ["sar"] = "psar",
        ["crossover"] = "crosses_above",
        ["crossunder"] = "crosses_below",
        ["cross_above"] = "crosses_above",
        ["cross_below"] = "crosses_below",
        ["price"] = "close",
        ["last"] = "close",
        ["vol"] = "volume",
        ["median"] = "hl2",
        ["typical"] = "hlc3",
    };

    public static string? Nearest(string name, IReadOnlyCollection<string> known)
    {
        if (name.Length is 0 or > Longest)
            return null;
        if (_elsewhere.TryGetValue(name, out var other) && known.Contains(other, StringComparer.Ordinal))
            return other;
        var (best, least) = ((string?)null, (Math.Max(2, name.Length) / 3) + 1);
        foreach (var candidate in known)
        {
            var distance = string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate);
            if (distance < least)
                (best, least) = (candidate, distance);
        }

        return best;
    }

    // Changes, insertions, removals and swaps of neighbours, each 1.
    private static int Distance(string a, string b)
    {
        if (b.Length > Longest || Math.Abs(a.Length - b.Length) > Math.Max(a.Length, b.Length) / 2)
            return int.MaxValue;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                var least = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    least = Math.Min(least, rows[i - 2, j - 2] + 1);
                rows[i, j] = least;
            }
        }

        return rows[a.Length, b.Length];
    }
}
