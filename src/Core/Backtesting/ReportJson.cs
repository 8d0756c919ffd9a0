using System.Buffers;
using System.Text.Json;
using Lastro.Core.Performance;

namespace Lastro.Core.Backtesting;

/// <summary>The report as JSON: field for field and in the order of INTERFACES.md "Report"; the same bytes wherever it is written.</summary>
public static class ReportJson
{
    /// <summary>The whole report as UTF-8.</summary>
    public static byte[] ToBytes(BacktestReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, report);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// One object. What repeats bit for bit comes first; <c>candlesPerSecond</c> stands last and outside of it. Where several symbols
    /// share the cash, <c>symbol</c> names them with commas and each trade names its own.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, BacktestReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        writer.WriteStartObject();
        writer.WriteString("engine", BacktestReport.EngineName);
        writer.WriteString("strategy", report.Strategy);
        writer.WriteStartObject("inputs");
        foreach (var (name, value) in report.Inputs)
            writer.WriteNumber(name, value);
        writer.WriteEndObject();
        writer.WriteString("symbol", string.Join(',', report.Symbols));
        writer.WriteNumber("from", report.FromMs);
        writer.WriteNumber("to", report.ToMs);
        writer.WriteNumber("candles", report.Candles);
        writer.WriteNumber("start", report.Start);
        writer.WriteNumber("final", report.Final);
        writer.WriteStartArray("trades");
        foreach (var trade in report.Trades)
            Write(writer, trade, report.Symbols);
        writer.WriteEndArray();
        writer.WriteStartObject("metrics");
        Write(writer, report.Metrics);
        writer.WriteEndObject();
        writer.WriteStartObject("conventions");
        foreach (var (tool, figures) in report.Conventions)
        {
            writer.WriteStartObject(tool);
            foreach (var (name, value) in figures)
                Write(writer, name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteString("dataHash", report.DataHash);
        writer.WriteNumber("seed", report.Seed);
        if (report.CandlesPerSecond is { } speed)
            Write(writer, "candlesPerSecond", speed);
        writer.WriteEndObject();
    }

    /// <summary>The figures as fields of the object at hand.</summary>
    public static void Write(Utf8JsonWriter writer, Metrics metrics)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(metrics);
        foreach (var name in Metrics.Names)
            Write(writer, name, metrics[name]);
    }

    private static void Write(Utf8JsonWriter writer, in Trade<double> trade, IReadOnlyList<string> symbols)
    {
        writer.WriteStartObject();
        if (symbols.Count > 1)
            writer.WriteString("symbol", symbols[trade.Symbol]);
        writer.WriteNumber("entryTime", trade.EntryTimeMs);
        writer.WriteNumber("entryPrice", trade.EntryPrice);
        writer.WriteNumber("exitTime", trade.ExitTimeMs);
        writer.WriteNumber("exitPrice", trade.ExitPrice);
        writer.WriteNumber("quantity", trade.Quantity);
        writer.WriteNumber("fees", trade.Fees);
        writer.WriteNumber("pnl", trade.Pnl);
        writer.WriteNumber("pnlPercent", trade.PnlPercent);
        writer.WriteString("reason", ExitReasons.Word(trade.Reason));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
