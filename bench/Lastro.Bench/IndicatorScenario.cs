using Lastro.Bounds;
using Lastro.Core.Indicators;

namespace Lastro.Bench;

/// <summary>
/// Batch speed of indicators over 100,000 candles of chance (in the cache of the second level, as Tulip's own benchmark), beside a
/// bare loop. The wanted figures are shares of Tulip's C in performance.md: 461 (EMA), 170 (RSI), 431 (ATR), 386 (MACD) million a second.
/// </summary>
internal static class IndicatorScenario
{
    private const int Rows = 100_000;

    public static Task Run(string shared)
    {
        var tape = Walk();
        double[][] outputs = [.. Enumerable.Range(0, 5).Select(_ => new double[Rows])];
        var (x, to) = (tape.Close, outputs[0]);
        Line("ema", [20], tape, outputs, ">= 369 M/s", () => BareIndicators.Ema(x, to, 20));
        Line("rsi", [14], tape, outputs, ">= 136 M/s", () => BareIndicators.Rsi(x, to, 14));
        Line("atr", [14], tape, outputs, ">= 345 M/s", () => BareIndicators.Atr(tape.High, tape.Low, x, to, 14));
        Line("macd", [12, 26, 9], tape, outputs, ">= 232 M/s", () => BareIndicators.Macd(x, to, outputs[1], outputs[2]));
        Line("sma", [20], tape, outputs, ">= 100 M/s", () => BareIndicators.Sma(x, to, 20));
        Line("sma", [600], tape, outputs, ">= 100 M/s", () => BareIndicators.Sma(x, to, 600));
        Line("stddev", [20], tape, outputs, ">= 100 M/s", () => BareIndicators.StdDev(x, to, 20));
        Line("bollinger", [20, 2], tape, outputs, ">= 100 M/s", () => BareIndicators.StdDev(x, to, 20));
        return Task.CompletedTask;
    }

    private static void Line(string name, double[] arguments, CandleColumns tape, double[][] outputs, string wanted, Action bound)
    {
        var indicator = IndicatorCatalog.Find(name) ?? throw new InvalidDataException($"no indicator {name}");
        double[][] series = indicator.SeriesCount == 0 ? [] : [tape.Close];
        var columns = outputs[..indicator.Outputs.Count];
        var ours = Meter.Measure(Rows, () => indicator.Start(arguments).Fill(Rows, tape, series, columns));
        Meter.Print($"indicators, {name} {string.Join('/', arguments)}", ours, "bare loop", Meter.Measure(Rows, bound), wanted);
    }

    private static CandleColumns Walk()
    {
        var random = new Random(7);
        var tape = new CandleColumns
        {
            OpenTimeMs = new long[Rows],
            Open = new double[Rows],
            High = new double[Rows],
            Low = new double[Rows],
            Close = new double[Rows],
            Volume = new double[Rows],
        };
        for (var (row, price) = (0, 30_000.0); row < Rows; row++)
        {
            tape.OpenTimeMs[row] = row * 60_000L;
            tape.Open[row] = price;
            tape.Close[row] = price *= 1 + ((random.NextDouble() - 0.5) / 500);
            tape.High[row] = Math.Max(tape.Open[row], price) * (1 + (random.NextDouble() / 2_000));
            tape.Low[row] = Math.Min(tape.Open[row], price) * (1 - (random.NextDouble() / 2_000));
            tape.Volume[row] = random.NextDouble();
        }

        return tape;
    }
}
