using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class SensitivityTests
{
    [Fact]
    public void Variations_are_laid_beside_the_run_and_the_break_even_found()
    {
        var result = Sensitivity.Compare(
            Figures(0.2, 1.5, 0.1), fee: 0.001, slippage: 0,
            [
                (new(SensitivityKind.Fee, "0", 0), Figures(0.5, 2, 0.08)),
                (new(SensitivityKind.Fee, "0.002", 0.002), Figures(-0.2, -1, 0.3)),
                (new(SensitivityKind.Slippage, "0.001", 0.001), Figures(0.1, null, 0.15)),
                (new(SensitivityKind.FillModel, "queue"), Figures(0.05, 0.2, 0.1)),
            ]);
        result.Rows.Select(row => row.TurnsToLoss).ShouldBe([false, true, false, false]);
        result.Rows.Select(row => row.ReturnChange!.Value).ShouldBe([0.3, -0.4, -0.1, -0.15], 1e-12);
        result.Rows[1].DrawdownChange!.Value.ShouldBe(0.2, 1e-12);
        result.Rows[2].SharpeChange.ShouldBeNull();
        result.BreakEvenFee!.Value.ShouldBe(0.0015, 1e-12);
        result.BreakEvenSlippage.ShouldBeNull();
    }

    [Fact]
    public void The_break_even_lies_where_the_sign_turns()
    {
        (SensitivityCase, Metrics) Slip(double share, double gain) => (new(SensitivityKind.Slippage, "", share), Figures(gain, 1, 0));
        var result = Sensitivity.Compare(Figures(0.2, 1, 0), 0.001, 0, [Slip(0.003, -0.05), Slip(0.001, 0.05), Slip(0.004, -0.3)]);
        result.BreakEvenSlippage!.Value.ShouldBe(0.002, 1e-12);
        result.BreakEvenFee.ShouldBeNull();
        Sensitivity.Compare(Figures(-0.2, 1, 0), 0, 0, [Slip(0.001, -0.3)]).BreakEvenSlippage.ShouldBeNull();
        Sensitivity.Compare(Figures(0.2, 1, 0), 0, 0, [Slip(0.001, 0)]).BreakEvenSlippage!.Value.ShouldBe(0.001, 1e-12);
    }

    [Fact]
    public void The_usual_variations_leave_out_the_run_itself()
    {
        SensitivityCase.Usual(0.001, 0.0005).Select(item => (item.Kind, item.Setting)).ShouldBe(
            [(SensitivityKind.Fee, "0"), (SensitivityKind.Fee, "0.002"), (SensitivityKind.Fee, "0.003"),
             (SensitivityKind.Slippage, "0.001"), (SensitivityKind.Slippage, "0.0015"), (SensitivityKind.Slippage, "0.0025")]);
        SensitivityCase.Usual(0, 0).Select(item => item.Kind).ShouldBe(Enumerable.Repeat(SensitivityKind.Slippage, 3));
    }

    private static Metrics Figures(double gain, double? sharpe, double drawdown) =>
        Metrics.Of([]) with { Return = gain, Sharpe = sharpe, MaxDrawdown = drawdown };
}
