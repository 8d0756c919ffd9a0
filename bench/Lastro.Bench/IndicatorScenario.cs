using Lastro.Bounds;
using Lastro.Core.Indicators;

namespace Lastro.Bench;

/// <summary>
/// Batch speed of indicators over 100,000 candles of chance (in the cache of the second level, as Tulip's own benchmark), beside a
/// bare loop and Tulip's C in the same run. Where it is not built (bench/peers/build.sh) its figure of performance.md stands in.
/// </summary>
internal static class IndicatorScenario
{
    private const int Rows = 100_000;

    public static Task Run(string shared)
    {
        var tape = Walk();
        double[][] outputs = [.. Enumerable.Range(0, 5).Select(_ => new double[Rows])];
        var (x, to) = (tape.Close, outputs[0]);
        double[][] close = [x];
        if (!Tulip.IsHere) Console.WriteLine("indicators: Tulip's C is not built here (bench/peers/build.sh): performance.md's figures stand in");
        Line("ema", [20], tape, outputs, ("bare loop", () => BareIndicators.Ema(x, to, 20)), new("ema", [20], close, 1, 461e6, 0.80));
        Line("rsi", [14], tape, outputs, ("bare loop", () => BareIndicators.Rsi(x, to, 14)), new("rsi", [14], close, 1, 170e6, 0.80));
        Line("atr", [14], tape, outputs, ("bare loop", () => BareIndicators.Atr(tape.High, tape.Low, x, to, 14)), new("atr", [14], [tape.High, tape.Low, x], 1, 431e6, 0.80));
        Line("macd", [12, 26, 9], tape, outputs, ("bare loop", () => BareIndicators.Macd(x, to, outputs[1], outputs[2])), new("macd", [12, 26, 9], close, 3, 386e6, 0.60));
        Line("sma", [20], tape, outputs, ("bare loop", () => BareIndicators.Sma(x, to, 20)), null);
        Line("sma", [600], tape, outputs, ("bare loop", () => BareIndicators.Sma(x, to, 600)), null);
        Line("stddev", [20], tape, outputs, ("bare loop", () => BareIndicators.StdDev(x, to, 20)), null);
        Line("bollinger", [20, 2], tape, outputs, ("bare loop", () => BareIndicators.StdDev(x, to, 20)), null);
        return Task.CompletedTask;
    }

    private static void Line(string name, double[] arguments, CandleColumns tape, double[][] outputs, (string Name, Action Once) bound, TulipPeer? peer)
    {
        var indicator = IndicatorCatalog.Find(name) ?? throw new InvalidDataException($"no indicator {name}");
        double[][] series = indicator.SeriesCount == 0 ? [] : [tape.Close];
        var columns = outputs[..indicator.Outputs.Count];
        var ours = Meter.Measure(Rows, () => indicator.Start(arguments).Fill(Rows, tape, series, columns));
        Meter.Print($"indicators, {name} {string.Join('/', arguments)}", ours, bound.Name, Meter.Measure(Rows, bound.Once), peer is null ? ">= 100 M/s" : null);
        if (peer is null) return;
        var theirs = Tulip.IsHere ? Meter.Measure(Rows, Tulip.Run(peer.Name, peer.Options, peer.Inputs, peer.Outputs)) : (peer.Told, 0);
        Meter.Print($"indicators, {name} {string.Join('/', arguments)}", ours, Tulip.IsHere ? "Tulip's C" : "Tulip's C, not run here", theirs, $">= {peer.Wanted:P0}");
    }

    private sealed record TulipPeer(string Name, double[] Options, double[][] Inputs, int Outputs, double Told, double Wanted);

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
