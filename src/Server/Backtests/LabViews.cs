using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Lastro.Server.Backtests;

/// <summary>Which strategy a run used.</summary>
/// <param name="Id">UUID or a built-in's name; null for a document sent with the request.</param>
/// <param name="Version">Null without an id.</param>
/// <param name="Name">The document's.</param>
internal sealed record LabStrategy(string? Id, int? Version, string Name);

/// <summary>Why a job failed.</summary>
/// <param name="Code">data_missing, other_source, invalid_strategy, source_away, too_many_trades, gave_up or internal_error.</param>
/// <param name="Detail">One English sentence.</param>
internal sealed record LabError(string Code, string? Detail);

/// <summary>What is common to all jobs.</summary>
internal record LabJobView
{
    public required Guid Id { get; init; }

    [AllowedValues("backtest", "sweep", "download")]
    public required string Kind { get; init; }

    [AllowedValues("queued", "running", "done", "failed", "canceled")]
    public required string Status { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>1 is next; null when it does not wait.</summary>
    public required int? QueuePosition { get; init; }

    public required LabError? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A backtest or sweep as it was asked for.</summary>
internal record LabRunView : LabJobView
{
    public LabRunView()
    {
    }

    [SetsRequiredMembers]
    public LabRunView(LabJobView job, LabTerms terms)
        : base(job)
    {
        Strategy = new LabStrategy(terms.StrategyId, terms.StrategyVersion, terms.StrategyName);
        Document = JsonElement.Parse(terms.Document);
        (Timeframe, Symbols) = (terms.Timeframe, terms.Symbols);
        (From, To) = (DateTimeOffset.FromUnixTimeMilliseconds(terms.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(terms.ToMs));
        (Cash, Fee, Slippage, Split) = (terms.Cash, terms.Fee, terms.Slippage, terms.Split);
        (DetailTimeframe, Fill) = (terms.DetailTimeframe, terms.Fill);
        (Source, Simulated, Rows, Missing) = (terms.Source, terms.Simulated, terms.Rows, terms.Missing);
    }

    public required LabStrategy Strategy { get; init; }

    /// <summary>The rules it runs with.</summary>
    public required JsonElement Document { get; init; }

    public required string Timeframe { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required decimal Cash { get; init; }

    public required decimal Fee { get; init; }

    public required decimal Slippage { get; init; }

    /// <summary>In-sample share; null for no split.</summary>
    public required double? Split { get; init; }

    public required string? DetailTimeframe { get; init; }

    public required string? Fill { get; init; }

    /// <summary>Whose candles.</summary>
    public required string Source { get; init; }

    /// <summary>True: invented prices.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Candles of the span.</summary>
    public required long Rows { get; init; }

    /// <summary>Candles of the span that were missing.</summary>
    public required long Missing { get; init; }
}

internal sealed record BacktestView : LabRunView
{
    public BacktestView()
    {
    }

    [SetsRequiredMembers]
    public BacktestView(LabRunView run)
        : base(run)
    {
    }

    /// <summary>Null before it is done.</summary>
    public required LabSummary? Summary { get; init; }
}

internal sealed record SweepView : LabRunView
{
    public SweepView()
    {
    }

    [SetsRequiredMembers]
    public SweepView(LabRunView run, SweepTerms terms)
        : base(run)
    {
        (Set, Rank, Combinations) = (terms.Set, terms.Rank, terms.Combinations);
    }

    public required IReadOnlyDictionary<string, SweepRange> Set { get; init; }

    /// <summary>The metric that ranks.</summary>
    public required string Rank { get; init; }

    public required int Combinations { get; init; }

    /// <summary>The best so ranked; null before it is done.</summary>
    public required SweepRow? Best { get; init; }

    /// <summary>Share of the best's figure that its direct neighbours keep; below a half it is a lone peak. Null before the end or where not computable.</summary>
    public required double? KeptNearby { get; init; }

    /// <summary>Probability that the best's true Sharpe ratio is above 0, for so many combinations tried.</summary>
    public required double? DeflatedSharpe { get; init; }
}

internal sealed record DownloadView : LabJobView
{
    public DownloadView()
    {
    }

    [SetsRequiredMembers]
    public DownloadView(LabJobView job, DownloadTerms terms)
        : base(job)
    {
        (Symbol, Interval, Source, Rows) = (terms.Symbol, terms.Interval, terms.Source, terms.Rows);
        (From, To) = (DateTimeOffset.FromUnixTimeMilliseconds(terms.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(terms.ToMs));
    }

    public required string Symbol { get; init; }

    public required string Interval { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required string Source { get; init; }

    /// <summary>Candles asked for.</summary>
    public required long Rows { get; init; }

    /// <summary>What there is now, and what the source does not have either; null before it is done.</summary>
    public required CoverageView? Coverage { get; init; }
}

/// <summary>What is stored of a span.</summary>
internal sealed record CoverageView
{
    public required string Symbol { get; init; }

    public required string Interval { get; init; }

    /// <summary>Whose candles.</summary>
    public required string Source { get; init; }

    /// <summary>Candles stored.</summary>
    public required long Rows { get; init; }

    /// <summary>Candles missing.</summary>
    public required long Missing { get; init; }

    /// <summary>Open time of the first stored; null without any.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>Open time of the last stored.</summary>
    public required DateTimeOffset? To { get; init; }

    /// <summary>Oldest first, at most 100.</summary>
    public required IReadOnlyList<GapView> Gaps { get; init; }
}

/// <param name="From">Open time of the first candle missing.</param>
/// <param name="To">Where the next one that is there opens.</param>
/// <param name="Missing">Candles between.</param>
internal sealed record GapView(DateTimeOffset From, DateTimeOffset To, long Missing);
