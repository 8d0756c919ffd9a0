using Lastro.Core.Backtesting;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>Blocks and jumps change nothing: the simulation against the rules word by word, on chance.</summary>
public sealed class SimulationTests
{
    [Fact]
    public void Agrees_with_the_naive_run_bit_by_bit_however_rows_are_cut()
    {
        var exits = new HashSet<ExitReason>();
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var candles = Tapes.Walk(random.Next(1, 700), seed, 100);
            var terms = RandomTerms(random);
            var signals = RandomSignals(random, candles.Close.Length);
            var naive = new NaiveRun(terms, 10_000, candles, signals).Run();
            int[][] cuttings = [[], [1], [64], [1 + random.Next(100), 1 + random.Next(300)]];
            foreach (var cuts in cuttings)
            {
                var run = SignalBits.Run(terms, 10_000, candles, signals, cuts);
                run.Trades.ShouldBe(naive.Trades, $"seed {seed}, cuts {string.Join(',', cuts)}");
                run.Equity.ShouldBe(naive.Equity, $"seed {seed}, cuts {string.Join(',', cuts)}");
                run.Final.ShouldBe(naive.Final);
                run.Tracker.Final.ShouldBe(naive.Final);
                run.Tracker.Candles.ShouldBe(candles.Close.Length);
            }

            exits.UnionWith(naive.Trades.Select(trade => trade.Reason));
        }

        exits.Count.ShouldBe(6, "every reason came up");
    }

    [Fact]
    public void Exposure_counts_closes_with_a_position_the_last_included()
    {
        var candles = Tapes.Walk(10);
        var signals = new Signals([false, true, false, false, false, false, true, false, false, false], [false, false, false, true, false, false, false, false, false, false]);
        var terms = new RunTerms { Size = EntrySize.Percent(1), Position = new() { Fee = 0.001, Slippage = 0 } };
        // Held at the closes 2, 3 and 7, 8, 9.
        SignalBits.Run(terms, 100, candles, signals).Exposed.ShouldBe(5);
        SignalBits.Run(terms, 100, candles, signals, 3).Exposed.ShouldBe(5);
    }

    private static Signals RandomSignals(Random random, int rows)
    {
        var (often, leave) = (random.NextDouble() * random.NextDouble(), random.NextDouble() * random.NextDouble());
        return new(
            [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < often)],
            [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < leave / 2)],
            [.. Enumerable.Range(0, rows).Select(_ => random.Next(9) == 0 ? double.NaN : random.NextDouble() * 8)]);
    }

    private static RunTerms RandomTerms(Random random)
    {
        T? Maybe<T>(T value)
            where T : struct => random.Next(2) == 0 ? value : null;
        return new RunTerms
        {
            Position = new()
            {
                Fee = random.Next(3) * 0.00075,
                Slippage = random.Next(3) * 0.0005,
                TakeProfit = Maybe(random.Next(1, 20) * 0.005),
                StopLoss = Maybe(random.Next(1, 20) * 0.005),
                TrailingStop = Maybe(random.Next(1, 20) * 0.005),
                MaxBars = Maybe(random.Next(1, 80)),
                CooldownBars = random.Next(3) == 0 ? random.Next(1, 90) : 0,
            },
            Size = random.Next(5) switch
            {
                0 => EntrySize.Fixed(random.Next(1, 15_000)),
                1 => EntrySize.Risk(0.02),
                2 => EntrySize.Kelly(0.8, random.Next(1, 5), 0.3),
                _ => EntrySize.Percent(random.Next(1, 21) * 0.05),
            },
            Fill = (EntryFill)Math.Max(0, random.Next(-3, 3)),
            Guards = random.Next(3) > 0 ? null : new Protections
            {
                MaxDrawdown = Maybe(random.NextDouble() * 0.4),
                DailyLoss = Maybe(random.NextDouble() * 0.05),
                StopGuard = random.Next(2) == 0 ? null : new StopGuard(random.Next(1, 4), random.Next(1, 60), random.Next(1, 100)),
            },
        };
    }
}
