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
            Head(json, findings.Subject);
            json.WriteNumber("combinations", findings.Rows.Count);
            json.WriteStartArray("rows");
            foreach (var row in findings.Rows)
            {
                json.WriteStartObject();
                Inputs(json, row.Inputs, findings.Subject.Inputs);
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
    public static void Write(Utf8Out output, WalkForwardReport report, SweepSubject subject)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            Head(json, subject);
            json.WriteStartArray("windows");
            foreach (var step in report.Steps)
            {
                json.WriteStartObject();
                json.WriteNumber("trainFrom", step.TrainFromMs);
                json.WriteNumber("testFrom", step.TestFromMs);
                json.WriteNumber("testTo", step.TestToMs);
                Inputs(json, step.Inputs, subject.Inputs);
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

    private static void Head(Utf8JsonWriter json, SweepSubject subject)
    {
        json.WriteString("engine", BacktestReport.EngineName);
        json.WriteString("strategy", subject.Strategy);
        json.WriteString("symbol", subject.Symbol);
        json.WriteString("rank", subject.Rank);
    }

    private static void Inputs(Utf8JsonWriter json, IReadOnlyDictionary<string, double>? inputs, IReadOnlyList<string> names)
    {
        if (inputs is null)
        {
            json.WriteNull("inputs");
            return;
        }

        json.WriteStartObject("inputs");
        foreach (var name in names)
            json.WriteNumber(name, inputs[name]);
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

/// <summary>What is swept.</summary>
/// <param name="Strategy">The document's name.</param>
/// <param name="Symbol">The pair.</param>
/// <param name="Rank">The figure that ranks.</param>
/// <param name="Inputs">Names of the inputs that vary, in the order given.</param>
internal sealed record SweepSubject(string Strategy, string Symbol, string Rank, IReadOnlyList<string> Inputs);

/// <summary>What a sweep found.</summary>
internal sealed record SweepFindings
{
    public required SweepSubject Subject { get; init; }

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
