namespace Lastro.Core.Performance;

/// <summary>What a variation changes against the run as it was asked for.</summary>
public enum SensitivityKind
{
    /// <summary>The fee, as a share of what is traded.</summary>
    Fee,

    /// <summary>The slippage, as a share of the price.</summary>
    Slippage,

    /// <summary>How resting orders fill: touch, through, queue, book.</summary>
    FillModel,

    /// <summary>The candles inside which stops and targets are looked for.</summary>
    Detail,
}

/// <summary>A variation to run.</summary>
/// <param name="Kind">What it changes.</param>
/// <param name="Setting">To what: a share in plain notation, a fill model's or a timeframe's name.</param>
/// <param name="Share">The setting as a number, where it is one.</param>
public sealed record SensitivityCase(SensitivityKind Kind, string Setting, double? Share = null)
{
    private static readonly double[] _slippages = [0.0005, 0.001, 0.002];

    /// <summary>
    /// The variations every report tries: no fee, twice and three times the fee, and slippage 0.05 %, 0.1 % and 0.2 % above the
    /// run's own. They are choices of ours: what a small and a large order of a liquid pair pay.
    /// </summary>
    public static IReadOnlyList<SensitivityCase> Usual(double fee, double slippage) =>
    [
        .. new[] { 0, fee * 2, fee * 3 }.Where(share => share != fee).Distinct().Select(share => Of(SensitivityKind.Fee, share)),
        .. _slippages.Select(more => Of(SensitivityKind.Slippage, slippage + more)),
    ];

    private static SensitivityCase Of(SensitivityKind kind, double share) =>
        new(kind, share.ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture), share);
}

/// <summary>A variation and how far its figures lie from the run as asked for.</summary>
/// <param name="Case">What was varied.</param>
/// <param name="Metrics">What came out.</param>
/// <param name="ReturnChange">Difference of returns; null where either is unknown, like the next two.</param>
/// <param name="SharpeChange">Difference of Sharpe ratios.</param>
/// <param name="DrawdownChange">Difference of deepest falls, above 0 is deeper.</param>
/// <param name="TurnsToLoss">The run as asked for gains, this one does not.</param>
public sealed record SensitivityRow(
    SensitivityCase Case, Metrics Metrics, double? ReturnChange, double? SharpeChange, double? DrawdownChange, bool TurnsToLoss);

/// <summary>How much a result owes to assumptions nobody can be sure of.</summary>
/// <param name="Baseline">The run as asked for.</param>
/// <param name="Rows">The variations in the order given.</param>
/// <param name="BreakEvenFee">
/// The fee at which the gain is gone, on straight lines between the fees tried; null when it is not between two of them.
/// </param>
/// <param name="BreakEvenSlippage">The same for slippage.</param>
public sealed record Sensitivity(Metrics Baseline, IReadOnlyList<SensitivityRow> Rows, double? BreakEvenFee, double? BreakEvenSlippage)
{
    /// <summary>Lays variations beside the run as asked for.</summary>
    /// <param name="baseline">Its figures.</param>
    /// <param name="fee">Its fee.</param>
    /// <param name="slippage">Its slippage.</param>
    /// <param name="cases">Each variation with what it gave.</param>
    public static Sensitivity Compare(
        Metrics baseline, double fee, double slippage, IReadOnlyList<(SensitivityCase Case, Metrics Metrics)> cases) => new(
        baseline,
        [.. cases.Select(item => new SensitivityRow(
            item.Case, item.Metrics,
            item.Metrics.Return - baseline.Return,
            item.Metrics.Sharpe - baseline.Sharpe,
            item.Metrics.MaxDrawdown - baseline.MaxDrawdown,
            baseline.Return > 0 && item.Metrics.Return <= 0))],
        BreakEven(SensitivityKind.Fee, fee, baseline, cases),
        BreakEven(SensitivityKind.Slippage, slippage, baseline, cases));

    private static double? BreakEven(
        SensitivityKind kind, double asked, Metrics baseline, IReadOnlyList<(SensitivityCase Case, Metrics Metrics)> cases)
    {
        var tried = cases.Where(item => item.Case.Kind == kind).Select(item => (item.Case.Share, item.Metrics.Return));
        var points = (
            from point in tried.Append((asked, baseline.Return))
            where point.Share is not null && point.Return is not null
            orderby point.Share
            select (Share: point.Share!.Value, Return: point.Return!.Value)).ToArray();
        for (var i = 1; i < points.Length; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            if (a.Return > 0 && b.Return <= 0)
                return a.Share + ((b.Share - a.Share) * a.Return / (a.Return - b.Return));
        }

        return null;
    }
}
