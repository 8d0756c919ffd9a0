using System.Text.Json;

namespace Lastro.Core.Performance;

/// <summary>
/// The parts of a report beside its figures as JSON, written in one place so that they are the same bytes wherever they come from.
/// Each call writes one value; names are camelCase, times Unix milliseconds, shares fractions, unknown is null.
/// </summary>
public static class PerformanceJson
{
    private const int Steps = 20;
    private static readonly (string Name, double Share)[] _percentiles =
        [("p5", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)];

    /// <summary><c>[{code, arguments: {name: number}}]</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ReportWarning> warnings)
    {
        writer.WriteStartArray();
        foreach (var warning in warnings)
        {
            writer.WriteStartObject();
            writer.WriteString("code", warning.Code);
            writer.WriteStartObject("arguments");
            foreach (var (name, value) in warning.Arguments)
                Number(writer, name, value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary><c>[{year, month, return}]</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<MonthlyReturn> months)
    {
        writer.WriteStartArray();
        foreach (var month in months)
        {
            writer.WriteStartObject();
            writer.WriteNumber("year", month.Year);
            writer.WriteNumber("month", month.Month);
            Number(writer, "return", month.Return);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary><c>[{key, trades, pnl, winRate, profitFactor, averageTrade, bestTrade, worstTrade, fees, meanHours}]</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<BreakdownRow> rows)
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("key", row.Key);
            writer.WriteNumber("trades", row.Figures.Trades);
            Number(writer, "pnl", row.Pnl);
            Number(writer, "winRate", row.Figures.WinRate);
            Number(writer, "profitFactor", row.Figures.ProfitFactor);
            Number(writer, "averageTrade", row.Figures.AverageTrade);
            Number(writer, "bestTrade", row.Figures.BestTrade);
            Number(writer, "worstTrade", row.Figures.WorstTrade);
            Number(writer, "fees", row.Figures.Fees);
            Number(writer, "meanHours", row.MeanHours);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary><c>[[time, equity]]</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<EquityPoint> points)
    {
        writer.WriteStartArray();
        foreach (var point in points)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(point.TimeMs);
            writer.WriteNumberValue(point.Equity);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// <c>{trials, probabilisticSharpe, deflatedSharpe, shortestTrackRecordDays, shuffled, resampled, days}</c>; histories are
    /// <c>{runs, final, drawdown, lossShare, ruinShare, deeperShare, finals, drawdowns}</c>, days are
    /// <c>{runs, blockDays, sharpe, cagr, sharpeInterval, cagrInterval}</c>.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, Robustness robustness)
    {
        writer.WriteStartObject();
        writer.WriteNumber("trials", robustness.Trials);
        Number(writer, "probabilisticSharpe", robustness.ProbabilisticSharpe);
        Number(writer, "deflatedSharpe", robustness.DeflatedSharpe);
        Number(writer, "shortestTrackRecordDays", robustness.ShortestTrackRecordDays);
        writer.WritePropertyName("shuffled");
        Write(writer, robustness.Shuffled);
        writer.WritePropertyName("resampled");
        Write(writer, robustness.Resampled);
        writer.WriteStartObject("days");
        writer.WriteNumber("runs", robustness.Days.Sharpe.Count);
        writer.WriteNumber("blockDays", robustness.Days.BlockDays);
        Write(writer, "sharpe", robustness.Days.Sharpe);
        Write(writer, "cagr", robustness.Days.Cagr);
        Write(writer, "sharpeInterval", robustness.Days.SharpeInterval);
        Write(writer, "cagrInterval", robustness.Days.CagrInterval);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary><c>{breakEvenFee, breakEvenSlippage, rows: [{kind, setting, return, sharpe, maxDrawdown, returnChange, ...}]}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, Sensitivity sensitivity)
    {
        writer.WriteStartObject();
        Number(writer, "breakEvenFee", sensitivity.BreakEvenFee);
        Number(writer, "breakEvenSlippage", sensitivity.BreakEvenSlippage);
        writer.WriteStartArray("rows");
        foreach (var row in sensitivity.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(row.Case.Kind.ToString()));
            writer.WriteString("setting", row.Case.Setting);
            Number(writer, "return", row.Metrics.Return);
            Number(writer, "sharpe", row.Metrics.Sharpe);
            Number(writer, "maxDrawdown", row.Metrics.MaxDrawdown);
            Number(writer, "returnChange", row.ReturnChange);
            Number(writer, "sharpeChange", row.SharpeChange);
            Number(writer, "drawdownChange", row.DrawdownChange);
            writer.WriteBoolean("turnsToLoss", row.TurnsToLoss);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary><c>{chosen, rank, rings: [{steps, known, mean, worst, kept}], axes: [{parameter, values, figures}]}</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="stability">What was found.</param>
    /// <param name="parameters">The parameters' names in the sweep's order.</param>
    public static void Write(Utf8JsonWriter writer, Stability stability, IReadOnlyList<string> parameters)
    {
        writer.WriteStartObject();
        Number(writer, "chosen", stability.Chosen);
        Number(writer, "rank", stability.Rank);
        writer.WriteStartArray("rings");
        foreach (var ring in stability.Rings)
        {
            writer.WriteStartObject();
            writer.WriteNumber("steps", ring.Steps);
            writer.WriteNumber("known", ring.Known);
            Number(writer, "mean", ring.Mean);
            Number(writer, "worst", ring.Worst);
            Number(writer, "kept", ring.Kept);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("axes");
        foreach (var axis in stability.Axes)
        {
            writer.WriteStartObject();
            writer.WriteString("parameter", parameters[axis.Parameter]);
            Numbers(writer, "values", axis.Values.Select(value => (double?)value));
            Numbers(writer, "figures", axis.Figures);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MonteCarlo run)
    {
        writer.WriteStartObject();
        writer.WriteNumber("runs", run.Finals.Count);
        Number(writer, "final", run.Final);
        Number(writer, "drawdown", run.Drawdown);
        Number(writer, "lossShare", run.LossShare);
        Number(writer, "ruinShare", run.RuinShare);
        Number(writer, "deeperShare", run.DeeperShare);
        Write(writer, "finals", run.Finals);
        Write(writer, "drawdowns", run.Drawdowns);
        writer.WriteEndObject();
    }

    // {least, p5, p25, p50, p75, p95, greatest, mean, histogram: counts in 20 equal steps from the least to the greatest}
    private static void Write(Utf8JsonWriter writer, string name, Distribution distribution)
    {
        writer.WriteStartObject(name);
        Number(writer, "least", distribution.Percentile(0));
        foreach (var (percentile, share) in _percentiles)
            Number(writer, percentile, distribution.Percentile(share));
        Number(writer, "greatest", distribution.Percentile(1));
        Number(writer, "mean", distribution.Mean);
        writer.WriteStartArray("histogram");
        foreach (var count in distribution.Histogram(Steps))
            writer.WriteNumberValue(count);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Interval? interval)
    {
        if (interval is { } known)
            Numbers(writer, name, [known.Low, known.High]);
        else
            writer.WriteNull(name);
    }

    private static void Numbers(Utf8JsonWriter writer, string name, IEnumerable<double?> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            if (value is { } number && double.IsFinite(number))
                writer.WriteNumberValue(number);
            else
                writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
