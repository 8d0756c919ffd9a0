using Lastro.Bounds;
using Lastro.Core.Markets;

namespace Lastro.Bench;

internal static class CandleScenario
{
    public static Task Run(string shared)
    {
        var trades = Recording.Trades(shared);
        var ended = new List<EndedCandle>();
        var ours = Meter.Measure(trades.Count, () =>
        {
            var builder = new CandleBuilder();
            ended.Clear();
            foreach (var trade in trades)
                builder.Add(trade, ended);
        });
        var bound = Meter.Measure(trades.Count, () => MinuteLoop.Run(trades));
        Meter.Print("candle builder, trades", ours, "the decimal sums alone", bound);

        var passed = new List<MarketTrade>();
        var gated = Meter.Measure(trades.Count, () =>
        {
            var gate = new SanityGate(SanityLimits.Replay);
            foreach (var trade in trades)
            {
                passed.Clear();
                gate.Check(trade, 0, passed);
            }
        });
        Meter.Print("sanity gate, trades", gated, "the decimal sums alone", bound);
        return Task.CompletedTask;
    }
}
