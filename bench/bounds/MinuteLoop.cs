using Lastro.Core.Markets;

namespace Lastro.Bounds;

/// <summary>Minutes summed by hand: no gaps, no late trades, no reports; the decimal additions alone.</summary>
internal static class MinuteLoop
{
    public static int Run(List<MarketTrade> trades)
    {
        var (minute, minutes) = (long.MinValue, 0);
        decimal high = 0, low = 0, volume = 0, quote = 0, taker = 0, takerQuote = 0;
        foreach (var trade in trades)
        {
            var (price, quantity) = (trade.Price.Value, trade.Quantity.Value);
            var open = trade.TimeMs - (trade.TimeMs % 60_000);
            if (open != minute)
            {
                (minute, high, low, volume, quote, taker, takerQuote) = (open, price, price, 0, 0, 0, 0);
                minutes++;
            }

            if (price > high)
                high = price;
            else if (price < low)
                low = price;
            var paid = price * quantity;
            volume += quantity;
            quote += paid;
            if (trade.BuyerIsMaker)
                continue;
            taker += quantity;
            takerQuote += paid;
        }

        return minutes + (int)decimal.Truncate(decimal.Remainder(volume + quote + taker + takerQuote + low + high, 1m));
    }
}
