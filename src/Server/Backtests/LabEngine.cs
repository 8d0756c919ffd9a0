using System.Globalization;
using Lastro.Core;
using Lastro.Core.Backtesting;
using Lastro.Core.Markets;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Strategies;

namespace Lastro.Server.Backtests;

/// <summary>Where the room asks Core for runs. What Core writes is kept as it is: the same numbers as the command line's.</summary>
internal static class LabEngine
{
    private const int PlainParts = 10;

    /// <summary>What a run made.</summary>
    /// <param name="Report">JSON, compressed.</param>
    /// <param name="Equity">CSV, compressed.</param>
    /// <param name="Summary">A few numbers.</param>
    public sealed record Made(byte[] Report, byte[] Equity, LabSummary Summary);

    public static LabOutcome? OtherSource(LabTerms terms, string? source) => source == terms.Source
        ? null
        : source is null ? LabOutcome.Failed("source_away", "The price source was not open.") : LabOutcome.Failed("other_source", $"The run was asked for over candles of {terms.Source}; this is {source}.");

    public static Refused? BadFill(string? fill) => fill is null || EntryFills.TryParse(fill, out _) ? null : new Refused(ErrorCode.InvalidField, "fill", fill, "open, touch, through");

    public static Refused? BadRank(string rank) => Metrics.Names.Contains(rank, StringComparer.Ordinal) ? null : new Refused(ErrorCode.InvalidField, "rank", rank, string.Join(", ", Metrics.Names));

    public static bool LessIsBetter(string rank) => !Metrics.HigherIsBetter(rank);

    /// <summary>A sweep's combinations, or what is wrong with its ranges.</summary>
    public static (SweepGrid? Grid, Refused? Refused) Grid(IReadOnlyDictionary<string, SweepRange> set, int most)
    {
        var count = 1L;
        foreach (var (name, range) in set)
        {
            var axis = Axis(name, range);
            if (axis.Count == 0) return (null, new Refused(ErrorCode.InvalidField, $"set.{name}", string.Create(CultureInfo.InvariantCulture, $"{range.From}..{range.To}:{range.Step}"), "from <= to, step > 0, all below 1e15"));
            count *= axis.Count;
            if (count > most) return (null, LabEntry.Refusal("combinations", count, most, "So many combinations may be in one sweep."));
        }

        return (GridOf(set), null);
    }

    /// <summary>How much dearer the rules are than plain ones of a few parts, by their parts.</summary>
    public static int Weight(LabTerms terms)
    {
        if (Open(terms) is not { } strategy) return 1;
        var graph = new RuleGraph(strategy.Document.Timeframe);
        strategy.AddTo(graph);
        return Math.Max(1, graph.Count / PlainParts);
    }

    public static (Made? Made, LabOutcome? Failed) Run((LabTerms Terms, int MostTrades) asked, CandlesRoom candles, Action<double> progress, CancellationToken cancellation)
    {
        var terms = asked.Terms;
        if (Open(terms) is not { } strategy) return (null, LabOutcome.Failed("invalid_strategy", "The rules are no longer accepted."));
        // The whole span; with a split its two parts again.
        var passes = (terms.Split is null ? 1 : 2) * (terms.DetailTimeframe is null ? 1 : 2);
        var (done, all) = (0L, Math.Max(1, terms.Rows * passes));
        void Read(int rows)
        {
            cancellation.ThrowIfCancellationRequested();
            done += rows;
            progress(Math.Min(0.99, (double)done / all));
        }

        if (Sources(terms, strategy, candles, Read) is not { } found) return (null, LabOutcome.Failed("data_missing", "The candles of the span are no longer stored."));
        var equity = new EquityCsv();
        var options = Options(terms, cancellation) with { Detail = found.Detail, Equity = equity.Add };
        try
        {
            var report = strategy.Backtest(found.Sources, options);
            if (report.Trades.Count > asked.MostTrades) return (null, LabOutcome.Failed("too_many_trades", $"The run made {report.Trades.Count} trades; {asked.MostTrades} are kept at most."));
            var summary = Summary(terms, report);
            if (terms.Split is { } split)
            {
                var middle = Middle(terms, split);
                summary = summary with
                {
                    InSample = Part(terms.FromMs, middle, strategy, found, options),
                    OutOfSample = Part(middle, terms.ToMs, strategy, found, options),
                };
            }

            return (new Made(Packed.Close(ReportJson.ToBytes(report)), Packed.Close(equity.ToBytes()), summary), null);
        }
        catch (BacktestRefusedException refused)
        {
            return (null, LabOutcome.Failed("data_missing", refused.Message));
        }
    }

    /// <summary>A sweep ready to be counted chunk by chunk, its candles in memory.</summary>
    public static (Sweep? Sweep, LabOutcome? Failed) Prepare(LabTerms terms, CandlesRoom candles, CancellationToken cancellation)
    {
        if (Open(terms) is not { } strategy) return (null, LabOutcome.Failed("invalid_strategy", "The rules are no longer accepted."));
        if (Sources(terms, strategy, candles, _ => cancellation.ThrowIfCancellationRequested()) is not { } found) return (null, LabOutcome.Failed("data_missing", "The candles of the span are no longer stored."));
        var sweep = terms.Sweep!;
        try
        {
            return (strategy.Sweep(GridOf(sweep.Set), Candles.Load(found.Sources[0]), new SweepOptions
            {
                Backtest = Options(terms, cancellation),
                Rank = sweep.Rank,
                ChunkSize = sweep.ChunkSize,
            }), null);
        }
        catch (BacktestRefusedException refused)
        {
            return (null, LabOutcome.Failed("data_missing", refused.Message));
        }
    }

    public static IReadOnlyList<SweepRow> Chunk(Sweep sweep, int chunk, CancellationToken cancellation) =>
    [
        .. sweep.RunChunk(chunk, cancellation).Select(row => new SweepRow
        {
            Index = row.Combination,
            Inputs = row.Inputs,
            Final = row.Metrics is null ? null : row.Final,
            Trades = row.Metrics?.Trades ?? 0,
            Metrics = Metrics.Names.ToDictionary(name => name, name => Finite(row.Metrics?[name]), StringComparer.Ordinal),
        }),
    ];

    /// <summary>The span before the run's first candle that it reads to warm up; null when the rules are no longer accepted.</summary>
    public static (long FromMs, long ToMs)? Warming(LabTerms terms) => Open(terms) is { } strategy ? Warming(terms, strategy) : null;

    private static (long FromMs, long ToMs) Warming(LabTerms terms, Strategy strategy)
    {
        var rows = Corners(terms, strategy).Max(StrategyShelf.WarmUpRows);
        var timeframe = Timeframe.Parse(terms.Timeframe);
        return (CandlesRoom.Back(timeframe, timeframe.OpenOf(terms.FromMs), rows), terms.FromMs);
    }

    /// <summary>The strategy; of a sweep those with each input at its least or greatest value, among which the one is that needs most.</summary>
    private static IEnumerable<Strategy> Corners(LabTerms terms, Strategy strategy)
    {
        yield return strategy;
        var axes = terms.Sweep?.Set.Select(one => Axis(one.Key, one.Value)).ToList() ?? [];
        for (var corner = 0; axes.Count > 0 && corner < 1 << axes.Count; corner++)
        {
            var inputs = axes.Select((axis, at) => (axis.Input, Value: axis[(corner >> at & 1) == 0 ? 0 : axis.Count - 1])).ToDictionary(one => one.Input, one => one.Value, StringComparer.Ordinal);
            if (strategy.With(inputs, out _) is { } other) yield return other;
        }
    }

    /// <summary>What the best of a sweep is worth; runs it once more, alone.</summary>
    public static SweepSummary Found(LabTerms terms, IReadOnlyList<SweepRow> ranked, CandlesRoom candles, CancellationToken cancellation)
    {
        var report = default(BacktestReport);
        if (ranked[0].Final is not null && Open(terms)?.With(ranked[0].Inputs, out _) is { } best
            && Sources(terms, best, candles, _ => cancellation.ThrowIfCancellationRequested()) is { } found)
            report = best.Backtest(found.Sources, Options(terms, cancellation) with { Conventions = false });
        return Doubting.Of(terms.Sweep!, ranked, report);
    }

    private static Strategy? Open(LabTerms terms) => Strategy.Read(terms.Document, out _);

    private static (IReadOnlyList<ICandleSource> Sources, IReadOnlyList<ICandleSource> Detail)? Sources(LabTerms terms, Strategy strategy, CandlesRoom candles, Action<int> read)
    {
        var (sources, details) = (new List<ICandleSource>(), new List<ICandleSource>());
        var timeframe = Timeframe.Parse(terms.Timeframe);
        var first = Warming(terms, strategy).FromMs;
        foreach (var symbol in terms.Symbols.Select(name => new Symbol(name)))
        {
            if (candles.Stretch(symbol, timeframe, first, terms.ToMs) is not { Rows: > 0 } stretch) return null;
            sources.Add(new ArchiveSource(symbol, timeframe, stretch, read));
            if (terms.DetailTimeframe is null) continue;
            var finer = Timeframe.Parse(terms.DetailTimeframe);
            if (candles.Stretch(symbol, finer, terms.FromMs, terms.ToMs) is not { } detail) return null;
            details.Add(new ArchiveSource(symbol, finer, detail, read));
        }

        return (sources, details);
    }

    private static BacktestOptions Options(LabTerms terms, CancellationToken cancellation) => new()
    {
        Cash = Double(terms.Cash),
        Fee = Double(terms.Fee),
        Slippage = Double(terms.Slippage),
        FromMs = terms.FromMs,
        ToMs = terms.ToMs,
        Fill = EntryFills.TryParse(terms.Fill, out var fill) ? fill : EntryFill.Open,
        Cancellation = cancellation,
    };

    /// <summary>As the command line reads the same digits.</summary>
    private static double Double(decimal value) => double.Parse(Decimals.ToPlain(value), CultureInfo.InvariantCulture);

    /// <summary>The in-sample share of the time, up to a full candle.</summary>
    private static long Middle(LabTerms terms, double split)
    {
        var timeframe = Timeframe.Parse(terms.Timeframe);
        return Math.Clamp(timeframe.OpenOf(terms.FromMs + (long)((terms.ToMs - terms.FromMs) * split)), terms.FromMs, terms.ToMs);
    }

    private static LabPart? Part(long fromMs, long toMs, Strategy strategy, (IReadOnlyList<ICandleSource> Sources, IReadOnlyList<ICandleSource> Detail) found, BacktestOptions options)
    {
        try
        {
            var report = strategy.Backtest(found.Sources, options with { FromMs = fromMs, ToMs = toMs, Equity = null, Conventions = false });
            return new LabPart(DateTimeOffset.FromUnixTimeMilliseconds(fromMs), DateTimeOffset.FromUnixTimeMilliseconds(toMs), Figures(report));
        }
        catch (BacktestRefusedException none) when (none.Refusal == BacktestRefusal.NoCandles)
        {
            return null;
        }
    }

    private static LabSummary Summary(LabTerms terms, BacktestReport report)
    {
        var facts = new WarningFacts
        {
            Chosen = terms.Trials > 1,
            OutOfSample = terms.Split is not null,
            Trials = terms.Trials,
            MissingCandles = terms.Missing,
        };
        var trades = Backtest.Outcomes(report.Trades);
        return new LabSummary
        {
            Doubts = Doubting.Of(report, trades, terms.Trials),
            Figures = Figures(report),
            DataHash = report.DataHash,
            Trials = terms.Trials,
            Warnings = [.. ReportWarnings.Of(report.Metrics, report.Equity, trades, facts).Select(warning => new LabWarning(warning.Code, warning.Arguments))],
        };
    }

    private static LabFigures Figures(BacktestReport report) => new()
    {
        Start = report.Start,
        Final = report.Final,
        Candles = report.Candles,
        Trades = report.Metrics.Trades,
        Return = Finite(report.Metrics.Return),
        Cagr = Finite(report.Metrics.Cagr),
        BuyAndHold = Finite(report.Metrics.BuyAndHold),
        MaxDrawdown = Finite(report.Metrics.MaxDrawdown),
        Sharpe = Finite(report.Metrics.Sharpe),
        Sortino = Finite(report.Metrics.Sortino),
        Calmar = Finite(report.Metrics.Calmar),
        ProfitFactor = Finite(report.Metrics.ProfitFactor),
        WinRate = Finite(report.Metrics.WinRate),
        Expectancy = Finite(report.Metrics.Expectancy),
        Exposure = Finite(report.Metrics.Exposure),
        Fees = Finite(report.Metrics.Fees),
    };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static SweepAxis Axis(string name, SweepRange range) => new(name, range.From, range.To, range.Step);

    private static SweepGrid GridOf(IReadOnlyDictionary<string, SweepRange> set) => new([.. set.Select(one => Axis(one.Key, one.Value))]);
}
