using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Demo;

/// <summary>The trades of one minute, which make exactly its candle. Ids follow from the minute, so they go on after a restart.</summary>
internal static class DemoMinute
{
    private const long MinuteMs = 60_000;

    public static void Trades(DemoPath path, long minute, List<MarketTrade> trades)
    {
        trades.Clear();
        var (pair, span) = (path.Pair, path.Minute(minute));
        var count = pair.TradesPerMinute;
        Span<long> prices = stackalloc long[count];
        Prices(path.Noise, span, prices);
        Span<long> steps = stackalloc long[count];
        Steps(path.Noise, span, steps);
        var slot = MinuteMs / count;
        for (var i = 0; i < count; i++)
        {
            var bits = path.Noise.Bits((minute * 1_024) + i, 33);
            var before = i == 0 ? span.Prices.Open : prices[i - 1];
            var sold = prices[i] == before ? (bits & 1) == 0 : prices[i] < before;
            var jitter = (long)((bits >> 8) % (ulong)Math.Max(1, slot - 1));
            trades.Add(new MarketTrade(
                (minute * count) + i, new Price(prices[i] * pair.Tick), new Quantity(steps[i] * pair.Step), (minute * MinuteMs) + (slot * i) + jitter, sold));
        }
    }

    private static void Prices(DemoNoise noise, in DemoSpan span, Span<long> prices)
    {
        var (minute, last) = (span.StartMinute, prices.Length - 1);
        var one = 1 + (int)(noise.Even(minute, 34) * (last - 1));
        var two = 1 + (int)(noise.Even(minute, 35) * (last - 2));
        two += two >= one ? 1 : 0;
        var ticks = span.Prices;
        ReadOnlySpan<(int At, long Price)> anchors = one < two
            ? [(0, ticks.Open), (one, ticks.High), (two, ticks.Low), (last, ticks.Close)]
            : [(0, ticks.Open), (two, ticks.Low), (one, ticks.High), (last, ticks.Close)];
        for (var leg = 0; leg < 3; leg++)
        {
            var (from, to) = (anchors[leg], anchors[leg + 1]);
            for (var i = from.At + 1; i < to.At; i++)
            {
                var line = from.Price + ((to.Price - from.Price) * (double)(i - from.At) / (to.At - from.At));
                var wobble = noise.Normal((minute * 1_024) + i, 36) * ticks.Range * 0.08;
                prices[i] = Math.Clamp((long)Math.Round(line + wobble), ticks.Low, ticks.High);
            }
        }

        foreach (var (at, price) in anchors)
            prices[at] = price;
    }

    private static void Steps(DemoNoise noise, in DemoSpan span, Span<long> steps)
    {
        var total = 0.0;
        Span<double> weights = stackalloc double[steps.Length];
        for (var i = 0; i < weights.Length; i++)
            total += weights[i] = -Math.Log(1 - noise.Even((span.StartMinute * 1_024) + i, 37)) + 0.02;
        var left = span.ExtraSteps;
        for (var i = 0; i < steps.Length; i++)
        {
            var part = i == steps.Length - 1 ? left : Math.Min(left, (long)(span.ExtraSteps * (weights[i] / total)));
            left -= part;
            steps[i] = 1 + part;
        }
    }
}
