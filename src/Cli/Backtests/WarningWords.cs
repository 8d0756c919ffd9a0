using Lastro.Cli.Output;
using Lastro.Core.Performance;

namespace Lastro.Cli.Backtests;

/// <summary>Warnings of a report in English.</summary>
internal static class WarningWords
{
    public static string Of(ReportWarning warning)
    {
        var with = warning.Arguments;
        return warning.Code switch
        {
            "tooFewTrades" => $"{with["trades"]:0} trades say little; {with["enough"]:0} are the least to go by.",
            "inSampleOnly" => $"Chosen as the best of {with["trials"]:0} on these very candles; try it on others.",
            "oneTradeMakesIt" => $"One trade makes {Shown.Percent(with["share"])} of the whole gain.",
            "flatStretch" => $"{with["days"]:0} days in a row without a trade, {Shown.Percent(with["share"])} of the time.",
            "staleFills" => $"{with["fills"]:0} fills ({Shown.Percent(with["share"])}) at candles without trading.",
            "deepDrawdown" => $"It fell {Shown.Percent(with["drawdown"])} from its peak.",
            "drawdownBeyondHold" => $"It fell {Shown.Percent(with["drawdown"])}, holding fell {Shown.Percent(with["hold"])}.",
            "worseThanHold" => $"It made {Shown.Percent(with["return"], signed: true)}, holding made {Shown.Percent(with["hold"], signed: true)}.",
            "manyTrials" => $"After {with["trials"]:0} trials the chance that this is more than luck is {Shown.Percent(with["deflatedSharpe"])}.",
            "missingCandles" => $"{with["missing"]:0} candles are missing ({Shown.Percent(with["share"])}).",
            "endedOpen" => $"{Shown.Percent(with["share"])} of the gain was still open when the candles ended.",
            _ => warning.Code,
        };
    }
}
