using System.Globalization;
using System.Text;
using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>docs/indicators.md, made from the catalog.</summary>
internal static class CatalogDocument
{
    private const string Head = """
        # Indicators

        Made from the catalog (`src/Core/Indicators/IndicatorCatalog.cs`) by `tests/Core.Tests/Indicators/DocumentTests.cs`; change that, not this.

        - A series comes first (`sma(close, 20)`), an indicator of candles takes none (`atr(14)`). Parameters are whole numbers of rows unless marked.
        - An indicator of several outputs is followed by a dot and a name: `macd(close, 12, 26, 9).signal`.
        - *Known from*: the first row, counted from 0, that is known with the default parameters when all input is known.
        - A value that is not finite is unknown. An unknown input gives an unknown output and leaves the indicator's state as it was.
        - Drawn: *price* over the candles, *own* in a pane of its own, *series* with the series it is made of.
        - Arithmetic is IEEE double in the written order, the same bits on every machine but for exp and log; windows are summed anew in blocks, so nothing drifts.


        """;

    public static string Text()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var group in IndicatorCatalog.All.GroupBy(indicator => indicator.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {group.Key}\n\n");
            foreach (var indicator in group)
                Append(text, indicator);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder text, Indicator indicator)
    {
        string[] series = indicator.Input switch
        {
            IndicatorInput.Series => ["x"],
            IndicatorInput.TwoSeries => ["x", "y"],
            IndicatorInput.Candles => [],
        };
        var call = string.Join(", ", series.Concat(indicator.Parameters.Select(parameter => parameter.Name)));
        text.Append(CultureInfo.InvariantCulture, $"### `{indicator.Name}({call})`\n\n{indicator.Title}.{(indicator.Repaints ? " **Repaints: may be drawn, is refused in rules.**" : "")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{indicator.Formula.Replace("*", "\\*", StringComparison.Ordinal)}\n\n");
        if (indicator.Parameters.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"- Parameters: {string.Join("; ", indicator.Parameters.Select(Range))}\n");
        var defaults = indicator.Defaults();
        text.Append(CultureInfo.InvariantCulture, $"- {(indicator.Outputs.Count > 1 ? "Outputs" : "Output")}: {string.Join("; ", indicator.Outputs.Select(output => Row(indicator, output, defaults)))}\n");
        text.Append(CultureInfo.InvariantCulture, $"- Source: {indicator.Source}\n\n");
    }

    private static string Range(IndicatorParameter parameter) => string.Create(
        CultureInfo.InvariantCulture, $"`{parameter.Name}` {parameter.Default} ({parameter.Least} to {parameter.Most}{(parameter.Whole ? "" : ", a number")})");

    private static string Row(Indicator indicator, IndicatorOutput output, double[] defaults)
    {
        var name = indicator.Outputs.Count > 1 ? $"`.{output.Name}` " : "";
        var pane = output.Pane switch
        {
            IndicatorPane.OfSeries => "series",
            IndicatorPane.Price => "price",
            IndicatorPane.Own => "own",
        };
        var known = output.WarmUp(defaults).ToString(CultureInfo.InvariantCulture) + (indicator.WarmUpDependsOnData ? " at the earliest" : "");
        return $"{name}drawn {pane}, known from {known}";
    }
}
