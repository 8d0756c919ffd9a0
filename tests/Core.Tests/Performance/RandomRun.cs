using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

/// <summary>Candles with holes, and a position that comes and goes over them: cash and quantity by candle.</summary>
internal sealed record RandomRun(long[] TimesMs, double[] Closes, double[] Cash, double[] Quantity)
{
    public static RandomRun Make(int seed, Timeframe timeframe, int rows)
    {
        var random = new Random(seed);
        var times = new long[rows];
        var (closes, cash, quantity) = (new double[rows], new double[rows], new double[rows]);
        var open = timeframe.OpenOf(1_600_000_000_000L + random.NextInt64(90L * 86_400_000));
        var (price, money, held) = (100.0, 10_000.0, 0.0);
        var drift = random.Next(3) * 0.002;
        for (var i = 0; i < rows; i++)
        {
            times[i] = open;
            for (var skip = random.Next(40) == 0 ? random.Next(1, 30) : 1; skip > 0; skip--)
                open = timeframe.NextOpen(open);
            // Prices of two decimals meet again, so that peaks are reached exactly too.
            price = Math.Max(1, Math.Round(price * (1 + ((random.NextDouble() - 0.5) * 0.02) + drift), 2));
            closes[i] = price;
            if (random.Next(25) == 0)
                (money, held) = held == 0 ? (money * 0.25, money * 0.75 / price) : (money + (held * price * 0.999), 0);
            (cash[i], quantity[i]) = (money, held);
        }

        return new(times, closes, cash, quantity);
    }

    public double Equity(int row) => Cash[row] + (Quantity[row] * Closes[row]);

    /// <summary>Gives the run in blocks of random length, each with one cash and one quantity.</summary>
    public void Feed(EquityTracker tracker, Random random)
    {
        for (var from = 0; from < TimesMs.Length;)
        {
            var to = from + 1;
            var most = random.Next(1, 400);
            while (to < TimesMs.Length && to - from < most && Cash[to] == Cash[from] && Quantity[to] == Quantity[from])
                to++;
            if (random.Next(4) == 0)
                tracker.Add(TimesMs.AsSpan(from, to - from), [.. Enumerable.Range(from, to - from).Select(Equity)]);
            else
                tracker.Add(TimesMs.AsSpan(from, to - from), Cash[from], Quantity[from], Closes.AsSpan(from, to - from));
            from = to;
        }
    }
}

/// <summary>The same figures the slow way, from lists: the rules read word by word.</summary>
internal sealed record NaiveEquity(List<double> Daily, double MaxDrawdown, long MaxDrawdownMs, double Final)
{
    private const long DayMs = 86_400_000;

    public static NaiveEquity Of(RandomRun run, double start, Timeframe timeframe)
    {
        var equity = Enumerable.Range(0, run.TimesMs.Length).Select(run.Equity).ToList();
        var ends = run.TimesMs.Select(time => timeframe.NextOpen(timeframe.OpenOf(time))).ToList();
        var daily = new List<double> { start };
        for (var day = run.TimesMs[0] / DayMs; day <= run.TimesMs[^1] / DayMs; day++)
        {
            var last = Array.FindLastIndex(run.TimesMs, time => time / DayMs == day);
            daily.Add(last < 0 ? daily[^1] : equity[last]);
        }

        // A point stands at the start before the first open, one at each close.
        var levels = equity.Prepend(start).ToList();
        var moments = ends.Prepend(run.TimesMs[0]).ToList();
        var (deepest, longest) = (0.0, 0L);
        for (var peak = 0; peak < levels.Count; peak++)
        {
            if (levels.Take(peak).Any(level => level > levels[peak]))
                continue;
            for (var at = peak + 1; at < levels.Count; at++)
            {
                deepest = Math.Max(deepest, 1 - (levels[at] / levels[peak]));
                // Recovered in the very next close: there was no fall in between.
                if (levels[at] >= levels[peak] && at == peak + 1)
                    break;
                longest = Math.Max(longest, moments[at] - moments[peak]);
                if (levels[at] >= levels[peak])
                    break;
            }
        }

        return new(daily, deepest, longest, equity[^1]);
    }

    public void ShouldEqual(EquityTracker tracker)
    {
        tracker.Daily.ShouldBe(Daily);
        tracker.MaxDrawdown.ShouldBe(MaxDrawdown);
        tracker.MaxDrawdownMs.ShouldBe(MaxDrawdownMs);
        tracker.Final.ShouldBe(Final);
    }
}
