using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>A pair's line in the list of markets.</summary>
internal static class Tickers
{
    public static TickerItem Of(PairDesk desk, bool withSpark)
    {
        var item = Item(desk);
        return withSpark ? item with { Spark = desk.Spark } : item;
    }

    private static TickerItem Item(PairDesk desk)
    {
        var stale = desk.Lane.Gate == MarketGate.Stale;
        if (desk.View is { Stats: { } stats } view)
        {
            return new TickerItem
            {
                Symbol = desk.Symbol.Value,
                Last = view.LastTrade?.Price.Value ?? stats.Last,
                Open = stats.Open,
                High = stats.High,
                Low = stats.Low,
                Volume = stats.Volume,
                QuoteVolume = stats.QuoteVolume,
                Change = stats.Change,
                ChangePercent = stats.ChangePercent,
                Bid = view.Top?.Bid.Value,
                Ask = view.Top?.Ask.Value,
                AsOf = DateTimeOffset.FromUnixTimeMilliseconds(view.AsOfMs),
                Stale = stale,
            };
        }

        return desk.Coarse is { } coarse
            ? new TickerItem
            {
                Symbol = desk.Symbol.Value,
                Last = coarse.Last,
                Open = coarse.Open,
                High = coarse.High,
                Low = coarse.Low,
                Volume = coarse.Volume,
                QuoteVolume = coarse.QuoteVolume,
                Change = coarse.Last - coarse.Open,
                ChangePercent = coarse.Open == 0m ? null : decimal.Round(100m * (coarse.Last - coarse.Open) / coarse.Open, 3, MidpointRounding.AwayFromZero),
                AsOf = DateTimeOffset.FromUnixTimeMilliseconds(coarse.TimeMs),
                Stale = desk.Feed.Silent,
            }
            : new TickerItem { Symbol = desk.Symbol.Value, Stale = stale };
    }
}
