using Lastro.Core.Indicators;
using static Lastro.Core.Tests.Indicators.Twin;

namespace Lastro.Core.Tests.Indicators;

/// <summary>The indicators that walk from candle to candle, against their rules told once more, plainly.</summary>
public sealed class StepByStepTests
{
    private static readonly CandleColumns _tape = Tapes.Walk(700, seed: 5);

    [Theory]
    [InlineData(14)]
    [InlineData(3)]
    public void Adx(int n)
    {
        var t = _tape;
        double[] up = [.. t.High.Select((high, row) => row == 0 ? double.NaN : high - t.High[row - 1])];
        double[] down = [.. t.Low.Select((low, row) => row == 0 ? double.NaN : t.Low[row - 1] - low)];
        var plus = Over(Rma(Zip(up, down, (u, d) => double.IsNaN(u) ? u : u > d && u > 0 ? u : 0), n), Rma(Ranges(t), n));
        var minus = Over(Rma(Zip(up, down, (u, d) => double.IsNaN(u) ? u : d > u && d > 0 ? d : 0), n), Rma(Ranges(t), n));
        var adx = Rma(Zip(plus, minus, (p, m) => 100 * Math.Abs(p - m) / (p + m)), n);
        Agree(Runs.Of("adx", t, n), [adx, Map(plus, share => 100 * share), Map(minus, share => 100 * share)]);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(1)]
    public void Aroon_takes_the_latest_of_equal_extremes(int n)
    {
        var t = FewPrices();
        Agree(Runs.Of("aroon", t, n),
        [
            Window(t.High, n + 1, w => 100.0 * Array.LastIndexOf(w, w.Max()) / n),
            Window(t.Low, n + 1, w => 100.0 * Array.LastIndexOf(w, w.Min()) / n),
        ]);
    }

    [Fact]
    public void Vortex()
    {
        var t = _tape;
        Agree(Runs.Of("vortex", t, 14),
        [
            Over(Sums(Map(Less(t.High, Ago(t.Low, 1)), Math.Abs), 14), Sums(Ranges(t), 14)),
            Over(Sums(Map(Less(t.Low, Ago(t.High, 1)), Math.Abs), 14), Sums(Ranges(t), 14)),
        ]);
    }

    [Fact]
    public void Ichimoku_draws_its_spans_at_this_candle()
    {
        double[] Middle(double n) => Zip(Highest(_tape.High, n), Lowest(_tape.Low, n), (high, low) => (high + low) / 2);
        Agree(Runs.Of("ichimoku", _tape, 9, 26, 52),
            [Middle(9), Middle(26), Ago(Zip(Middle(9), Middle(26), (a, b) => (a + b) / 2), 26), Ago(Middle(52), 26)]);
    }

    [Fact]
    public void Parabolic_stops_stay_on_their_side_and_start_anew_at_the_extreme()
    {
        var (t, stops) = (_tape, Runs.Of("psar", _tape, 0.02, 0.2)[0]);
        var (turns, from) = (0, 1);
        for (var row = 2; row < stops.Length; row++)
        {
            var (isLong, wasLong) = (stops[row] <= t.Low[row], stops[row - 1] <= t.Low[row - 1]);
            (isLong || stops[row] >= t.High[row]).ShouldBeTrue($"row {row}: the stop stands inside the candle");
            if (isLong == wasLong)
            {
                (isLong ? stops[row] - stops[row - 1] : stops[row - 1] - stops[row]).ShouldBeGreaterThanOrEqualTo(0, $"row {row}: it went back");
                continue;
            }

            // The extreme of the leg that ended, this candle included: it may have made it and turned.
            var leg = Enumerable.Range(from, row - from + 1).ToList();
            stops[row].ShouldBe(wasLong ? leg.Max(at => t.High[at]) : leg.Min(at => t.Low[at]), $"row {row}");
            (turns, from) = (turns + 1, row);
        }

        turns.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Supertrend()
    {
        var (t, atr) = (_tape, Rma(Ranges(_tape), 10));
        double[] line = Blank(), trend = Blank();
        var (upper, lower, up) = (double.PositiveInfinity, double.NegativeInfinity, true);
        for (var row = 10; row < line.Length; row++)
        {
            var middle = (t.High[row] + t.Low[row]) / 2;
            var before = t.Close[row - 1];
            upper = before > upper ? middle + (3 * atr[row]) : Math.Min(upper, middle + (3 * atr[row]));
            lower = before < lower ? middle - (3 * atr[row]) : Math.Max(lower, middle - (3 * atr[row]));
            up = row == 10 ? t.Close[row] >= middle : up ? t.Close[row] >= lower : t.Close[row] > upper;
            (line[row], trend[row]) = (up ? lower : upper, up ? 1 : -1);
        }

        trend.Count(one => one < 0).ShouldBeInRange(50, 650);
        Agree(Runs.Of("supertrend", t, 10, 3), [line, trend]);
    }

    [Fact]
    public void Pivots_are_those_of_the_session_before()
    {
        var (t, columns) = (_tape, Enumerable.Range(0, 7).Select(_ => Blank()).ToArray());
        var sessions = Enumerable.Range(0, t.Close.Length).GroupBy(row => t.OpenTimeMs[row] / 86_400_000).OrderBy(session => session.Key).ToList();
        foreach (var (day, next) in sessions.Zip(sessions.Skip(1)))
        {
            var (high, low, close) = (day.Max(row => t.High[row]), day.Min(row => t.Low[row]), t.Close[day.Max()]);
            var p = (high + low + close) / 3;
            double[] levels = [p, (2 * p) - low, p + (high - low), high + (2 * (p - low)), (2 * p) - high, p - (high - low), low - (2 * (high - p))];
            foreach (var row in next)
            {
                for (var level = 0; level < levels.Length; level++)
                    columns[level][row] = levels[level];
            }
        }

        sessions.Count.ShouldBeGreaterThan(20);
        Agree(Runs.Of("pivots", t, 24), columns);
    }

    [Fact]
    public void Fractals_are_known_when_their_right_side_is()
    {
        double[] up = Blank(), down = Blank();
        var t = FewPrices();
        for (var row = 4; row < up.Length; row++)
        {
            var (highs, lows) = (t.High[(row - 4)..(row + 1)], t.Low[(row - 4)..(row + 1)]);
            up[row] = Array.IndexOf(highs, highs.Max()) == 2 && highs.Count(high => high == highs.Max()) == 1 ? highs[2] : up[row - 1];
            down[row] = Array.IndexOf(lows, lows.Min()) == 2 && lows.Count(low => low == lows.Min()) == 1 ? lows[2] : down[row - 1];
        }

        Agree(Runs.Of("fractals", t, 2), [up, down]);
    }

    [Fact]
    public void Zigzag_turns_when_the_price_went_its_percent_against_the_extreme()
    {
        var t = Tapes.Empty(8);
        double[] prices = [100, 102, 104, 98, 97, 99, 103, 120];
        prices.CopyTo(t.High, 0);
        prices.CopyTo(t.Low, 0);
        var (nan, z) = (double.NaN, Runs.Of("zigzag", t, 5));
        z[0].ShouldBe([nan, nan, nan, 98, 97, 97, 103, 120]);
        z[1].ShouldBe([nan, nan, nan, 104, 104, 104, 97, 97]);
        z[2].ShouldBe([nan, nan, nan, -1, -1, -1, 1, 1]);
    }

    [Fact]
    public void Heikin_Ashi()
    {
        var (t, columns) = (_tape, Enumerable.Range(0, 4).Select(_ => Blank()).ToArray());
        for (var row = 0; row < t.Close.Length; row++)
        {
            var close = (t.Open[row] + t.High[row] + t.Low[row] + t.Close[row]) / 4;
            var open = row == 0 ? (t.Open[0] + t.Close[0]) / 2 : (columns[0][row - 1] + columns[3][row - 1]) / 2;
            (columns[0][row], columns[3][row]) = (open, close);
            columns[1][row] = new[] { t.High[row], open, close }.Max();
            columns[2][row] = new[] { t.Low[row], open, close }.Min();
        }

        Agree(Runs.Of("heikin_ashi", t), columns);
    }

    [Fact]
    public void Williams_accumulation()
    {
        var (t, sum) = (_tape, 0.0);
        double[] line = [.. t.Close.Select((close, row) => row == 0 ? double.NaN : sum += close > t.Close[row - 1]
            ? close - Math.Min(t.Close[row - 1], t.Low[row]) : close < t.Close[row - 1] ? close - Math.Max(t.Close[row - 1], t.High[row]) : 0)];
        Agree(Runs.Of("wad", t), [line]);
    }

    [Fact]
    public void Klinger()
    {
        var (t, force) = (_tape, Blank());
        var (trend, cumulative) = (0, 0.0);
        for (var row = 1; row < force.Length; row++)
        {
            double Sum(int at) => t.High[at] + t.Low[at] + t.Close[at];
            double Range(int at) => t.High[at] - t.Low[at];
            var now = Math.Sign(Sum(row) - Sum(row - 1));
            cumulative = now == trend ? cumulative + Range(row) : Range(row - 1) + Range(row);
            trend = now;
            force[row] = 100 * t.Volume[row] * Math.Abs((2 * Range(row) / cumulative) - 1) * trend;
        }

        Agree(Runs.Of("kvo", t, 34, 55), [Less(Ema(force, 34), Ema(force, 55))]);
    }

    [Fact]
    public void Every_entry_without_a_formula_is_here() =>
        DefinitionTests.Elsewhere.Count.ShouldBe(typeof(StepByStepTests).GetMethods()
            .Count(method => method.DeclaringType == typeof(StepByStepTests)) - 1);

    // So few that extremes are often equal.
    private static CandleColumns FewPrices()
    {
        var t = Tapes.Walk(700);
        foreach (var column in new[] { t.High, t.Low })
        {
            for (var row = 0; row < column.Length; row++)
                column[row] = Math.Round(column[row] / 400);
        }

        return t;
    }

    private static double[] Blank() => [.. Enumerable.Repeat(double.NaN, 700)];

    private static void Agree(double[][] ours, double[][] theirs)
    {
        ours.Length.ShouldBe(theirs.Length);
        for (var output = 0; output < ours.Length; output++)
            DefinitionTests.Close(ours[output], theirs[output], $"output {output}");
    }
}
