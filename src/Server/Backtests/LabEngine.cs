using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Backtests;

/// <summary>Where the room asks Core for runs.</summary>
internal static class LabEngine
{
    /// <summary>What a run made.</summary>
    /// <param name="Report">JSON, compressed.</param>
    /// <param name="Equity">CSV, compressed.</param>
    /// <param name="Summary">A few numbers.</param>
    public sealed record Made(byte[] Report, byte[] Equity, LabSummary Summary);

    /// <summary>A sweep's candles.</summary>
    public sealed record Prepared;

    public static LabOutcome? OtherSource(LabTerms terms, string? source) => source == terms.Source
        ? null
        : source is null ? LabOutcome.Failed("source_away", "The price source was not open.") : LabOutcome.Failed("other_source", $"The run was asked for over candles of {terms.Source}; this is {source}.");

    public static Refused? BadFill(string? fill) => fill is null or "open" or "touch" or "through" ? null : new Refused(ErrorCode.InvalidField, "fill", fill, "open, touch, through");

    public static Refused? BadRank(string rank) => rank.Length is > 0 and < 40 ? null : new Refused(ErrorCode.InvalidField, "rank", rank);

    public static bool LessIsBetter(string rank) => rank is "maxDrawdown" or "volatility" or "maxDrawdownDays" or "fees";

    public static Refused? BadCombination(LabTerms terms, IReadOnlyDictionary<string, SweepRange> set) =>
        terms.Symbols.Count > 0 && set.Count > 0 ? null : new Refused(ErrorCode.InvalidField, "set");

    public static (Made? Made, LabOutcome? Failed) Run(LabTerms terms, CandlesRoom candles, Action<double> progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        progress(candles.ClosedUntil(Core.Markets.Timeframe.Minute, terms.ToMs) > 0 ? 0.5 : 0);
        return (null, LabOutcome.Failed("internal_error", "The engine is not connected yet."));
    }

    public static (Prepared? Prepared, LabOutcome? Failed) Prepare(LabTerms terms, CandlesRoom candles, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return terms.Rows >= 0 && candles is not null ? (new Prepared(), null) : (null, LabOutcome.Failed("data_missing", ""));
    }

    public static IReadOnlyList<SweepRow> Sweep(LabTerms terms, Prepared prepared, int first, int count, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return [.. Enumerable.Range(first, prepared is null ? 0 : count).Select(index => new SweepRow
        {
            Index = index,
            Inputs = Ranges.Combination(terms.Sweep!.Set, index),
            Final = null,
            Trades = 0,
            Metrics = new Dictionary<string, double?>(StringComparer.Ordinal),
        })];
    }
}
