using System.Globalization;
using Lastro.Cli.CommandLine;
using Lastro.Core.Backtesting;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Backtests;

/// <summary>What --set says: <c>length=5..50:5</c>, <c>length=5..50</c> (steps of 1), <c>length=14</c>.</summary>
internal static class SweepAxes
{
    public static SweepGrid Read(Arguments arguments, StrategyDocument document)
    {
        var axes = arguments.Texts("--set").Select(text => Axis(text, document)).ToList();
        if (axes.Select(axis => axis.Input).Distinct(StringComparer.Ordinal).Count() < axes.Count)
            throw new UsageException("--set names an input twice");
        if (axes.Aggregate(1.0, (count, axis) => count * axis.Count) > SweepGrid.Most)
            throw new UsageException($"--set makes more than {SweepGrid.Most} combinations");
        return new SweepGrid(axes);
    }

    private static SweepAxis Axis(string text, StrategyDocument document)
    {
        var (name, values) = Cut(text, "=");
        if (values is null)
            throw Wrong(text);
        if (!document.Inputs.ContainsKey(name))
            throw new RefusedException($"--set {text}: the strategy has no input '{name}'{(document.Inputs.Count > 0 ? $"; it has {string.Join(", ", document.Inputs.Keys)}" : "")}");
        var (from, rest) = Cut(values, "..");
        var (to, step) = Cut(rest ?? from, ":");
        var axis = new SweepAxis(name, Number(from, text), Number(to, text), step is null ? 1 : Number(step, text));
        return axis.Count > 0 ? axis : throw Wrong(text);
    }

    private static (string Before, string? After) Cut(string text, string at)
    {
        var place = text.IndexOf(at, StringComparison.Ordinal);
        return place < 0 ? (text, null) : (text[..place], text[(place + at.Length)..]);
    }

    private static double Number(string number, string text) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw Wrong(text);

    private static UsageException Wrong(string text) => new($"--set '{text}' is not NAME=FROM..TO:STEP with FROM up to TO and STEP above 0");
}
