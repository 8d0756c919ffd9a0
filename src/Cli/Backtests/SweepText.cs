using System.Globalization;
using System.Text;
using Lastro.Cli.Output;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;

namespace Lastro.Cli.Backtests;

/// <summary>Sweeps for people, and as CSV.</summary>
internal static class SweepText
{
    private static readonly string[] _figures = ["return", "sharpe", "maxDrawdown", "calmar", "profitFactor", "winRate", "trades"];

    /// <summary>The first rows as a table, inputs in the order they were given.</summary>
    public static string Table(IReadOnlyList<SweepRow> rows, IReadOnlyList<string> inputs, string rank, int most)
    {
        string[] figures = [rank, .. _figures.Where(name => name != rank)];
        List<string[]> lines = [[.. inputs, .. figures, "final"]];
        foreach (var row in rows.Take(most))
            lines.Add([.. inputs.Select(name => Number(row.Inputs[name])), .. figures.Select(name => Figure(name, row.Metrics?[name])), row.Metrics is null ? "-" : Shown.Money(row.Final)]);
        var text = Shown.Table(lines, [.. Enumerable.Range(0, lines[0].Length)]);
        return rows.Count > most ? $"{text}and {Shown.Count(rows.Count - most)} more\n" : text;
    }

    /// <summary>What walking forward gave, window by window; inputs in the order they were given.</summary>
    public static string Of(WalkForwardReport report, IReadOnlyList<string> inputs, string rank)
    {
        List<string[]> lines = [["training from", "test from", "test to", "chosen", $"{rank} trained", $"{rank} tested", "return tested", "trades"]];
        foreach (var step in report.Steps)
        {
            lines.Add(
            [
                Shown.Time(step.TrainFromMs), Shown.Time(step.TestFromMs), Shown.Time(step.TestToMs),
                step.Inputs is null ? "nothing" : string.Join(' ', inputs.Select(name => $"{name}={Number(step.Inputs[name])}")),
                Figure(rank, step.Result.Training[rank]), Figure(rank, step.Result.Test[rank]), Shown.Percent(step.Result.Test.Return, true),
                Shown.Count(step.Result.Test.Trades),
            ]);
        }

        var results = report.Steps.Select(step => step.Result).ToList();
        var text = new StringBuilder(Shown.Table(lines, 4, 5, 6, 7));
        text.Append(CultureInfo.InvariantCulture, $"\nunseen candles together: return {Shown.Percent(report.OutOfSample.Return, true)}, sharpe {Shown.Ratio(report.OutOfSample.Sharpe)}, ");
        text.Append(CultureInfo.InvariantCulture, $"max drawdown {Shown.Percent(report.OutOfSample.MaxDrawdown)}, {report.OutOfSample.Trades} trades\n");
        text.Append(CultureInfo.InvariantCulture, $"efficiency {Shown.Ratio(WalkForward.Efficiency(results))} (growth kept of what training promised), ");
        text.Append(CultureInfo.InvariantCulture, $"{Shown.Percent(WalkForward.Consistency(results))} of the tests gained\n");
        return text.ToString();
    }

    /// <summary>Every row as CSV, in the order given.</summary>
    public static void Csv(string path, IReadOnlyList<SweepRow> rows, IReadOnlyList<string> inputs)
    {
        using var csv = Utf8Out.ToFile(path);
        csv.Line(string.Join(',', [.. inputs, "final", .. Metrics.Names]));
        foreach (var row in rows)
        {
            foreach (var name in inputs)
            {
                csv.Write(row.Inputs[name]);
                csv.Write((byte)',');
            }

            if (row.Metrics is not null)
                csv.Write(row.Final);
            foreach (var figureName in Metrics.Names)
            {
                csv.Write((byte)',');
                if (row.Metrics?[figureName] is { } figure)
                    csv.Write(figure);
            }

            csv.Write((byte)'\n');
        }
    }

    private static string Figure(string name, double? value) => name switch
    {
        "return" or "cagr" or "buyAndHold" or "bestTrade" or "worstTrade" or "averageTrade" => Shown.Percent(value, true),
        "maxDrawdown" or "winRate" or "exposure" or "volatility" => Shown.Percent(value),
        "trades" => value is { } count ? Shown.Count((long)count) : "-",
        _ => Shown.Ratio(value),
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
