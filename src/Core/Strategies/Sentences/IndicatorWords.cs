namespace Lastro.Core.Strategies;

/// <summary>
/// Names of indicators in one language. A line is "name.output = words" or, for one of a single output, "name = words".
/// {a} is all settings, {n} the first, {c} the first as a count of candles, {x} the series (behind the words when it is not in them).
/// Other languages than English begin with the gender (m, f, n); Russian gives the genitive behind a bar where it differs.
/// </summary>
internal sealed class IndicatorWords
{
    private readonly Dictionary<string, string> _lines = new(StringComparer.Ordinal);

    public IndicatorWords(string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sign = line.IndexOf(" = ", StringComparison.Ordinal);
            _lines.Add(line[..sign], line[(sign + 3)..]);
        }
    }

    public IReadOnlyCollection<string> Names => _lines.Keys;

    public string this[string indicator, string output] => _lines[output == "value" ? indicator : $"{indicator}.{output}"];
}
