using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>Short ways to run a catalog entry over a tape.</summary>
internal static class Runs
{
    public static Indicator Get(string name) => IndicatorCatalog.Find(name) ?? throw new ArgumentException($"no indicator {name}", nameof(name));

    /// <summary>All outputs by columns; a series is the close, a second one the volume-free middle of the candle.</summary>
    public static double[][] Columns(Indicator indicator, double[] arguments, CandleColumns tape)
    {
        var outputs = Outputs(indicator, tape.Close.Length);
        indicator.Start(arguments).Fill(tape.Close.Length, tape, Series(indicator, tape), outputs);
        return outputs;
    }

    public static double[][] Rows(Indicator indicator, double[] arguments, CandleColumns tape)
    {
        var (run, outputs, row) = (indicator.Start(arguments), Outputs(indicator, tape.Close.Length), new double[indicator.Outputs.Count]);
        var series = Series(indicator, tape);
        for (var at = 0; at < tape.Close.Length; at++)
        {
            run.Next(tape[at], series.Select(column => column[at]).ToArray(), row);
            for (var output = 0; output < row.Length; output++)
                outputs[output][at] = row[output];
        }

        return outputs;
    }

    /// <summary>Every output of an indicator of one series.</summary>
    public static double[][] Of(string name, double[] series, params double[] arguments)
    {
        var indicator = Get(name);
        var outputs = Outputs(indicator, series.Length);
        indicator.Start(arguments).Fill(series.Length, null, [series], outputs);
        return outputs;
    }

    /// <summary>Every output of an indicator of candles.</summary>
    public static double[][] Of(string name, CandleColumns tape, params double[] arguments) => Columns(Get(name), arguments, tape);

    public static double[][] Series(Indicator indicator, CandleColumns tape) => indicator.Input switch
    {
        IndicatorInput.Series => [tape.Close],
        IndicatorInput.TwoSeries => [tape.Close, tape.High],
        IndicatorInput.Candles => [],
    };

    private static double[][] Outputs(Indicator indicator, int rows) => [.. indicator.Outputs.Select(_ => new double[rows])];
}
