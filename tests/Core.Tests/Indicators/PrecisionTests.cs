using Lastro.Core.Indicators;
using static Lastro.Core.Tests.Indicators.Twin;

namespace Lastro.Core.Tests.Indicators;

/// <summary>Nothing may be lost on the way: after ten million candles, and on data made to lose digits, all is right to 1e-9.</summary>
public sealed class PrecisionTests
{
    private const int Piece = 100_000;
    private const int Pieces = 100;

    private static readonly Dictionary<string, Func<CandleColumns, double[], double[]>> _windows = new(StringComparer.Ordinal)
    {
        ["sma"] = (t, n) => Sma(t.Close, n[0]),
        ["wma"] = (t, n) => Wma(t.Close, n[0]),
        ["stddev"] = (t, n) => Deviation(t.Close, n[0]),
        ["highest"] = (t, n) => Highest(t.Close, n[0]),
        ["lowest"] = (t, n) => Lowest(t.Close, n[0]),
        ["vwap"] = (t, n) => Over(Sums(Times(Typical(t), t.Volume), n[0]), Sums(t.Volume, n[0])),
        ["volume_sma"] = (t, n) => Sma(t.Volume, n[0]),
        ["ulcer"] = (t, n) => Map(Sma(Map(Over(Less(t.Close, Highest(t.Close, n[0])), Highest(t.Close, n[0])), d => 1e4 * d * d), n[0]), Math.Sqrt),
        ["zscore"] = (t, n) => Over(Window(t.Close, n[0], w => -Sum([.. w.Select(x => x - w[^1])]) / w.Length), Deviation(t.Close, n[0])),
        ["beta"] = (t, n) => [.. t.Close.Select((_, row) => row + 1 < n[0] ? double.NaN
            : Covariance(t.Close[(row + 1 - (int)n[0])..(row + 1)], t.High[(row + 1 - (int)n[0])..(row + 1)])
                / Covariance(t.High[(row + 1 - (int)n[0])..(row + 1)], t.High[(row + 1 - (int)n[0])..(row + 1)]))],
    };

    public static TheoryData<string> Names => new(_windows.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Windows_forget_what_has_left_them(string name)
    {
        foreach (var (kind, tape) in Tapes.All().Where(tape => tape.Name is not ("holes" or "no volume" or "volume of zero")))
        {
            foreach (var n in new double[] { 2, 20, 97 })
            {
                var (ours, theirs) = (Runs.Columns(Runs.Get(name), [n], tape)[0], _windows[name](tape, [n]));
                for (var row = 0; row < ours.Length; row++)
                    Right(ours[row], theirs[row], $"{name}({n}) on {kind}, row {row}");
            }
        }
    }

    [Fact]
    public void Ten_million_candles_later_everything_is_still_right()
    {
        string[] names = ["sma", "wma", "stddev", "ema", "rsi", "atr", "linreg", "vwap", "obv", "adl", "donchian", "macd"];
        var runs = names.Select(name => (Name: name, Run: Runs.Get(name).Start(Runs.Get(name).Defaults()),
            Outputs: Runs.Get(name).Outputs.Select(_ => new double[Piece]).ToArray())).ToList();
        var (random, price, tape) = (new Random(17), 30_000.0, Tapes.Empty(Piece));
        var (volume, flow) = (0m, 0.0);
        var lost = 0.0;
        double? before = null;
        for (var piece = 0; piece < Pieces; piece++)
        {
            for (var row = 0; row < Piece; row++)
            {
                // Held between 1 and a billion by what leads back to 30,000.
                tape.Open[row] = price;
                price *= 1 + ((random.NextDouble() - 0.5) / 100) + (1e-6 * Math.Log(30_000 / price));
                tape.Close[row] = price;
                tape.High[row] = Math.Max(tape.Open[row], price) * 1.001;
                tape.Low[row] = Math.Min(tape.Open[row], price) * 0.999;
                tape.Volume[row] = random.Next(1, 1 << 20) / 1024.0;
                volume += before is null ? 0 : (decimal)tape.Volume[row] * Math.Sign(price - before.Value);
                before = price;
                Neumaier(ref flow, ref lost, (price - tape.Low[row] - (tape.High[row] - price)) / (tape.High[row] - tape.Low[row]) * tape.Volume[row]);
            }

            foreach (var (name, run, outputs) in runs)
                run.Fill(Piece, tape, Runs.Series(Runs.Get(name), tape), outputs);
        }

        double Last(string name, int output = 0) => runs.Single(run => run.Name == name).Outputs[output][^1];
        Right(Last("obv"), (double)volume, "obv");
        Right(Last("adl"), flow + lost, "adl");

        // The last rows tell the rest: an average of n = 26 remembers nothing from 5,000 rows before.
        var end = Cut(tape, Piece - 5_000);
        foreach (var (name, _, outputs) in runs.Where(run => run.Name is not ("obv" or "adl")))
        {
            double[][] theirs = name switch
            {
                "sma" => [Sma(end.Close, 20)],
                "wma" => [Wma(end.Close, 14)],
                "stddev" => [Deviation(end.Close, 20)],
                "ema" => [Ema(end.Close, 20)],
                "rsi" => [Strength(end.Close)],
                "atr" => [Rma(Ranges(end), 14)],
                "vwap" => [Over(Sums(Times(Typical(end), end.Volume), 20), Sums(end.Volume, 20))],
                "linreg" => [Window(end.Close, 14, w => (3 * Wma(w, 14)[^1]) - (2 * w.Average()))],
                "donchian" => [Highest(end.High, 20), [], Lowest(end.Low, 20)],
                _ => [[], []],
            };
            for (var output = 0; output < theirs.Length; output++)
            {
                for (var row = 1_000; row < theirs[output].Length; row++)
                    Right(outputs[output][Piece - 5_000 + row], theirs[output][row], $"{name}, row {row} of the last");
            }
        }

        Last("macd").ShouldBe(Less(Ema(end.Close, 12), Ema(end.Close, 26))[^1], 1e-9 * Math.Abs(price));
    }

    [Fact]
    public void A_running_total_keeps_what_each_addition_rounds_away()
    {
        // A volume beside which ones vanish comes and goes again.
        var tape = Tapes.Empty(1_003);
        for (var row = 0; row < 1_003; row++)
            (tape.Close[row], tape.Volume[row]) = (row < 1_002 ? row + 1 : 1, row is 1 or 1_002 ? 1e17 : 1);
        Runs.Of("obv", tape)[0][^1].ShouldBe(1_000);
    }

    private static double[] Strength(double[] x)
    {
        var moves = Less(x, Ago(x, 1));
        return Zip(Rma(Map(moves, move => Math.Max(move, 0)), 14), Rma(Map(moves, move => Math.Max(-move, 0)), 14), (gain, loss) => 100 - (100 / (1 + (gain / loss))));
    }

    private static void Right(double ours, double theirs, string what)
    {
        if (double.IsFinite(theirs))
            Math.Abs(ours - theirs).ShouldBeLessThanOrEqualTo(1e-9 * Math.Abs(theirs), $"{what}: {ours} and not {theirs}");
        else
            ours.ShouldBe(double.NaN, what);
    }

    private static void Neumaier(ref double sum, ref double lost, double value)
    {
        var next = sum + value;
        lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    private static CandleColumns Cut(CandleColumns tape, int from) => new()
    {
        OpenTimeMs = tape.OpenTimeMs[from..],
        Open = tape.Open[from..],
        High = tape.High[from..],
        Low = tape.Low[from..],
        Close = tape.Close[from..],
        Volume = tape.Volume[from..],
    };
}
