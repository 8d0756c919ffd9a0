namespace Lastro.Core.Performance;

/// <summary>Something that makes a result less sure than it looks.</summary>
/// <param name="Code">Stable, one of <see cref="ReportWarnings.Codes"/>; catalogs hold the words.</param>
/// <param name="Arguments">Numbers for the words, by name.</param>
public sealed record ReportWarning(string Code, IReadOnlyDictionary<string, double> Arguments);

/// <summary>What warnings look at beside metrics, trades and equity.</summary>
public sealed record WarningFacts
{
    /// <summary>Whether part of the history was kept out of the choice of parameters.</summary>
    public bool OutOfSample { get; init; }

    /// <summary>Whether parameters were chosen on this history at all, by a sweep or by many runs.</summary>
    public bool Chosen { get; init; }

    /// <summary>How many combinations and documents were run on this history, this one included.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>Variance of the trials' daily Sharpe ratios, when known.</summary>
    public double? TrialVariance { get; init; }

    /// <summary>Fills at candles without trading; see <see cref="StaleCandles"/>.</summary>
    public int StaleFills { get; init; }

    /// <summary>All fills.</summary>
    public int Fills { get; init; }

    /// <summary>Deepest fall of just holding over the same candles, when known.</summary>
    public double? HoldDrawdown { get; init; }

    /// <summary>Candles that should be in the history and are not.</summary>
    public long MissingCandles { get; init; }
}

/// <summary>
/// Warnings of a report. The limits are ours and stand here: 30 trades is the sample from which the mean is usually taken as
/// normal; 95 % is the confidence the deflated ratio is held to by its authors.
/// </summary>
public static class ReportWarnings
{
    /// <summary>Fewer trades than this say little.</summary>
    public const int EnoughTrades = 30;

    /// <summary>A single trade with this share of the whole gain makes it.</summary>
    public const double TradeShare = 0.5;

    /// <summary>A time without a trade of this share of the run, and of <see cref="FlatDays"/>, is a flat stretch.</summary>
    public const double FlatShare = 0.25;

    /// <summary>The shortest flat stretch worth a word, days.</summary>
    public const double FlatDays = 30;

    /// <summary>From this share of fills at candles without trading on.</summary>
    public const double StaleShare = 0.01;

    /// <summary>The confidence a result of several trials has to keep.</summary>
    public const double Confidence = 0.95;

    /// <summary>A fall from which on few stay in.</summary>
    public const double DeepDrawdown = 0.5;

    /// <summary>From this share of missing candles on.</summary>
    public const double MissingShare = 0.01;

    private const double DayMs = 86_400_000;

    /// <summary>Every code with the names of its arguments.</summary>
    public static IReadOnlyDictionary<string, string[]> Codes { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["tooFewTrades"] = ["trades", "enough"],
        ["inSampleOnly"] = ["trials"],
        ["oneTradeMakesIt"] = ["trade", "pnl", "share"],
        ["flatStretch"] = ["days", "share"],
        ["staleFills"] = ["fills", "share"],
        ["deepDrawdown"] = ["drawdown"],
        ["drawdownBeyondHold"] = ["drawdown", "hold"],
        ["worseThanHold"] = ["return", "hold"],
        ["manyTrials"] = ["trials", "deflatedSharpe"],
        ["missingCandles"] = ["missing", "share"],
        ["endedOpen"] = ["pnl", "share"],
    };

    /// <summary>The warnings of a run, most telling first.</summary>
    /// <param name="metrics">Its figures.</param>
    /// <param name="equity">Its equity.</param>
    /// <param name="trades">Its closed trades in the order of their exits.</param>
    /// <param name="facts">What else is known.</param>
    public static IReadOnlyList<ReportWarning> Of(
        Metrics metrics, EquityTracker equity, IReadOnlyList<ClosedTrade> trades, WarningFacts facts)
    {
        var warnings = new List<ReportWarning>();
        if (trades.Count < EnoughTrades)
            Warn(warnings, "tooFewTrades", trades.Count, EnoughTrades);
        if (facts is { Chosen: true, OutOfSample: false })
            Warn(warnings, "inSampleOnly", facts.Trials);
        OneTrade(warnings, trades);
        ManyTrials(warnings, equity, facts);
        if (facts.StaleFills > 0 && facts.StaleFills >= StaleShare * facts.Fills)
            Warn(warnings, "staleFills", facts.StaleFills, (double)facts.StaleFills / Math.Max(1, facts.Fills));
        if (metrics.MaxDrawdown is { } drawdown)
        {
            if (drawdown >= DeepDrawdown)
                Warn(warnings, "deepDrawdown", drawdown);
            if (facts.HoldDrawdown is { } hold && drawdown > hold)
                Warn(warnings, "drawdownBeyondHold", drawdown, hold);
        }

        if (metrics.Return < metrics.BuyAndHold)
            Warn(warnings, "worseThanHold", metrics.Return.Value, metrics.BuyAndHold.Value);
        FlatStretch(warnings, equity, trades);
        if (facts.MissingCandles > 0 && facts.MissingCandles >= MissingShare * (equity.Candles + facts.MissingCandles))
            Warn(warnings, "missingCandles", facts.MissingCandles, (double)facts.MissingCandles / (equity.Candles + facts.MissingCandles));
        EndedOpen(warnings, trades);
        return warnings;
    }

    private static void Warn(List<ReportWarning> warnings, string code, params ReadOnlySpan<double> values)
    {
        var arguments = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++)
            arguments.Add(Codes[code][i], values[i]);
        warnings.Add(new(code, arguments));
    }

    private static double Gain(IReadOnlyList<ClosedTrade> trades) => trades.Sum(trade => trade.Pnl);

    // A gain that one trade makes half of, or that would be a loss without it. A single trade is all there is and says nothing new.
    private static void OneTrade(List<ReportWarning> warnings, IReadOnlyList<ClosedTrade> trades)
    {
        var gain = Gain(trades);
        if (trades.Count < 2 || gain <= 0)
            return;
        var best = Enumerable.Range(0, trades.Count).MaxBy(i => trades[i].Pnl);
        if (trades[best].Pnl >= TradeShare * gain)
            Warn(warnings, "oneTradeMakesIt", best, trades[best].Pnl, trades[best].Pnl / gain);
    }

    private static void ManyTrials(List<ReportWarning> warnings, EquityTracker equity, WarningFacts facts)
    {
        if (facts.Trials < 2)
            return;
        var deflated = SharpeConfidence.Deflated(ReturnMoments.OfDays(equity), facts.Trials, facts.TrialVariance);
        if (deflated is { } share && share < Confidence)
            Warn(warnings, "manyTrials", facts.Trials, share);
    }

    private static void FlatStretch(List<ReportWarning> warnings, EquityTracker equity, IReadOnlyList<ClosedTrade> trades)
    {
        var (longest, busyUntil) = (0L, equity.FirstOpenMs);
        foreach (var trade in trades.OrderBy(trade => trade.EntryTimeMs))
        {
            longest = Math.Max(longest, trade.EntryTimeMs - busyUntil);
            busyUntil = Math.Max(busyUntil, trade.ExitTimeMs);
        }

        longest = Math.Max(longest, equity.LastCloseMs - busyUntil);
        var share = longest / (double)(equity.LastCloseMs - equity.FirstOpenMs);
        if (share >= FlatShare && longest >= FlatDays * DayMs)
            Warn(warnings, "flatStretch", longest / DayMs, share);
    }

    // Half of the gain has not been taken by a rule: the file ended.
    private static void EndedOpen(List<ReportWarning> warnings, IReadOnlyList<ClosedTrade> trades)
    {
        var (gain, open) = (Gain(trades), trades.Where(trade => trade.Reason == "end").Sum(trade => trade.Pnl));
        if (gain > 0 && open >= TradeShare * gain)
            Warn(warnings, "endedOpen", open, open / gain);
    }
}

/// <summary>Candles at which nobody traded, so that a fill there is a wish.</summary>
public static class StaleCandles
{
    /// <summary>No volume; or, where volume is not known, one price throughout that is the close before.</summary>
    /// <param name="candle">Where a fill happened.</param>
    /// <param name="closeBefore">Close of the candle before; NaN for the first.</param>
    public static bool IsStale(in Indicators.Bar candle, double closeBefore) => double.IsNaN(candle.Volume)
        ? candle.High == candle.Low && candle.Close == closeBefore
        : candle.Volume == 0;
}
