using System.Text.Json;
using Lastro.Cli.Output;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;

namespace Lastro.Cli.Backtests;

/// <summary>Sweeps as JSON; figures by the report's names.</summary>
internal static class SweepJson
{
    /// <summary>The rows, best first, and what speaks for or against the best.</summary>
    public static void Write(Utf8Out output, SweepFindings findings)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            Head(json, findings.Strategy, findings.Symbol, findings.Rank);
            json.WriteNumber("combinations", findings.Rows.Count);
            json.WriteStartArray("rows");
            foreach (var row in findings.Rows)
            {
                json.WriteStartObject();
                Inputs(json, row.Inputs);
                Number(json, "final", row.Metrics is null ? null : row.Final);
                Figures(json, "metrics", row.Metrics);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Number(json, "keptNearby", findings.KeptNearby);
            Number(json, "deflatedSharpe", findings.DeflatedSharpe);
            json.WriteStartArray("warnings");
            foreach (var warning in findings.Warnings)
                json.WriteStringValue(warning.Code);
            json.WriteEndArray();
            json.WriteNumber("runsPerSecond", findings.RunsPerSecond);
            json.WriteEndObject();
        }

        output.Write((byte)'\n');
    }

    /// <summary>Walking forward: the windows and the tests together.</summary>
    public static void Write(Utf8Out output, WalkForwardReport report, string strategy, string symbol, string rank)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            Head(json, strategy, symbol, rank);
            json.WriteStartArray("windows");
            foreach (var step in report.Steps)
            {
                json.WriteStartObject();
                json.WriteNumber("trainFrom", step.TrainFromMs);
                json.WriteNumber("testFrom", step.TestFromMs);
                json.WriteNumber("testTo", step.TestToMs);
                Inputs(json, step.Inputs);
                Figures(json, "training", step.Result.Training);
                Figures(json, "test", step.Result.Test);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Figures(json, "outOfSample", report.OutOfSample);
            var results = report.Steps.Select(step => step.Result).ToList();
            Number(json, "efficiency", WalkForward.Efficiency(results));
            Number(json, "consistency", WalkForward.Consistency(results));
            json.WriteEndObject();
        }

        output.Write((byte)'\n');
    }

    private static void Head(Utf8JsonWriter json, string strategy, string symbol, string rank)
    {
        json.WriteString("engine", BacktestReport.EngineName);
        json.WriteString("strategy", strategy);
        json.WriteString("symbol", symbol);
        json.WriteString("rank", rank);
    }

    private static void Inputs(Utf8JsonWriter json, IReadOnlyDictionary<string, double>? inputs)
    {
        if (inputs is null)
        {
            json.WriteNull("inputs");
            return;
        }

        json.WriteStartObject("inputs");
        foreach (var (name, value) in inputs)
            json.WriteNumber(name, value);
        json.WriteEndObject();
    }

    private static void Figures(Utf8JsonWriter json, string name, Metrics? metrics)
    {
        if (metrics is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        ReportJson.Write(json, metrics);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}

/// <summary>What a sweep found.</summary>
internal sealed record SweepFindings
{
    public required string Strategy { get; init; }

    public required string Symbol { get; init; }

    public required string Rank { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<SweepRow> Rows { get; init; }

    /// <summary>Share of the best's figure that its direct neighbours keep.</summary>
    public required double? KeptNearby { get; init; }

    /// <summary>Chance that the best is more than the luck of so many trials.</summary>
    public required double? DeflatedSharpe { get; init; }

    /// <summary>Of the best.</summary>
    public required IReadOnlyList<ReportWarning> Warnings { get; init; }

    public required double RunsPerSecond { get; init; }
}
