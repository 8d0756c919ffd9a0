using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Backtesting;

/// <summary>What a run decided: for each candle whether <c>enter</c> and <c>exit</c> were true, and the trades.</summary>
/// <param name="OpenTimesMs">Open times of the candles.</param>
/// <param name="Enter">Where <c>enter</c> was true.</param>
/// <param name="Exit">Where <c>exit</c> was true.</param>
/// <param name="Trades">In the order of their exits.</param>
public sealed record SignalTape(IReadOnlyList<long> OpenTimesMs, IReadOnlyList<bool> Enter, IReadOnlyList<bool> Exit, IReadOnlyList<Trade<double>> Trades);

/// <summary>Something before a cut that depends on rows behind it.</summary>
/// <param name="CutTimeMs">The first row left out.</param>
/// <param name="What">enter, exit, trade or candle.</param>
/// <param name="TimeMs">Open time of the candle, or of the trade's exit.</param>
public sealed record LookAheadFinding(long CutTimeMs, string What, long TimeMs);

/// <summary>What the check found.</summary>
/// <param name="Cuts">How often the run was repeated on shortened data.</param>
/// <param name="Compared">Candles compared, over all cuts.</param>
/// <param name="Findings">The first of each cut; empty when nothing looks ahead.</param>
public sealed record LookAheadReport(int Cuts, long Compared, IReadOnlyList<LookAheadFinding> Findings);

/// <summary>
/// Repeats a run on data that ends earlier: whatever was decided about candles that had ended by then must be the same. The language cannot
/// look ahead; this is the proof of it on the user's own data, and the guard for signals that come from elsewhere.
/// </summary>
public static class LookAheadCheck
{
    /// <summary>Checks a strategy.</summary>
    /// <param name="plan">The strategy.</param>
    /// <param name="source">Its candles.</param>
    /// <param name="options">Cash, costs, from, to and the seed that moves the cuts.</param>
    /// <param name="cuts">How many cuts, evenly over the rows but for chance.</param>
    public static LookAheadReport Run(RunPlan plan, ICandleSource source, BacktestOptions options, int cuts = 20)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        return Run(data => Tape(plan, data, options), plan.Graph.Root.Timeframe, Candles.Load(source), options.Seed, cuts);
    }

    /// <summary>Checks anything that makes decisions of candles.</summary>
    /// <param name="decide">Gives the decisions on the data it is shown.</param>
    /// <param name="timeframe">Of the candles decided about.</param>
    /// <param name="data">All rows.</param>
    /// <param name="seed">Moves the cuts.</param>
    /// <param name="cuts">How many.</param>
    public static LookAheadReport Run(Func<ColumnSource, SignalTape> decide, Timeframe timeframe, ColumnSource data, int seed, int cuts)
    {
        ArgumentNullException.ThrowIfNull(decide);
        ArgumentNullException.ThrowIfNull(data);
        var (whole, random) = (decide(data), new Random(seed));
        var (findings, compared, made) = (new List<LookAheadFinding>(), 0L, 0);
        for (var cut = 1; cut <= cuts; cut++)
        {
            var rows = (int)(((long)data.Rows * cut / (cuts + 1)) + random.Next(-(data.Rows / (2 * (cuts + 1))), 1));
            if (rows < 1 || rows >= data.Rows)
                continue;
            made++;
            var cutMs = data.Columns.OpenTimeMs[rows];
            var part = decide(data.First(rows));
            var ended = part.OpenTimesMs.Count;
            while (ended > 0 && timeframe.NextOpen(timeframe.OpenOf(part.OpenTimesMs[ended - 1])) > cutMs)
                ended--;
            compared += ended;
            if (First(whole, part, ended) is { } finding)
                findings.Add(finding with { CutTimeMs = cutMs });
        }

        return new LookAheadReport(made, compared, findings);
    }

    private static LookAheadFinding? First(SignalTape whole, SignalTape part, int ended)
    {
        for (var row = 0; row < ended; row++)
        {
            var time = part.OpenTimesMs[row];
            if (row >= whole.OpenTimesMs.Count || whole.OpenTimesMs[row] != time) return new(0, "candle", time);
            if (whole.Enter[row] != part.Enter[row]) return new(0, "enter", time);
            if (whole.Exit[row] != part.Exit[row]) return new(0, "exit", time);
        }

        var lastMs = ended == 0 ? long.MinValue : part.OpenTimesMs[ended - 1];
        var (all, some) = (Ended(whole, lastMs), Ended(part, lastMs));
        for (var at = 0; at < Math.Max(all.Length, some.Length); at++)
        {
            if (at >= all.Length || at >= some.Length || all[at] != some[at])
                return new(0, "trade", (at < some.Length ? some : all)[at].ExitTimeMs);
        }

        return null;
    }

    // The end of the data is no decision.
    private static Trade<double>[] Ended(SignalTape tape, long lastMs) =>
        [.. tape.Trades.Where(trade => trade.ExitTimeMs <= lastMs && trade.Reason != ExitReason.End)];

    private static SignalTape Tape(RunPlan plan, ColumnSource data, BacktestOptions options)
    {
        var (times, enter, exit) = (new List<long>(), new List<bool>(), new List<bool>());
        var simulation = new Simulation(plan.Terms, options.Cash);
        using var feed = new CandleFeed(data, plan.Graph, new GraphOptions { Keep = plan.Kept }, options);
        while (feed.Read())
        {
            options.Cancellation.ThrowIfCancellationRequested();
            feed.Evaluate();
            var signals = feed.Signals(plan);
            simulation.Next(feed.Candles, feed.Offset, feed.Rows, signals);
            for (var row = 0; row < feed.Rows; row++)
            {
                times.Add(feed.Candles.OpenTimeMs[feed.Offset + row]);
                enter.Add(signals.Enter(row));
                exit.Add(signals.Exit(row));
            }
        }

        simulation.End();
        return new SignalTape(times, enter, exit, simulation.Trades);
    }
}
