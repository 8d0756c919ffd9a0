using Lastro.Bounds;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;

namespace Lastro.Bench;

internal static class BookScenario
{
    public static Task Run(string shared)
    {
        var reader = new BinanceMessages();
        var depths = Recording.Messages(shared)
            .Where(message => reader.Read(message, 0) is MessageKind.DepthChange or MessageKind.DepthSnapshot)
            .Select(message => (reader.Read(message, 0), reader.Depth!).Item2)
            .OrderByDescending(depth => depth.Snapshot)
            .ToList();
        var levels = depths.Sum(depth => depth.Bids.Count + depth.Asks.Count);
        var ours = Meter.Measure(levels, () =>
        {
            var twin = new OrderBook();
            foreach (var depth in depths)
                twin.Apply(depth);
        });
        var ticks = depths.Select(depth => (
            Bids: depth.Bids.Select(Tick).ToArray(), Asks: depth.Asks.Select(Tick).ToArray())).ToList();
        var book = new TickBook(5_000_000, 2_400_000);
        var bound = Meter.Measure(levels, () =>
        {
            foreach (var (bids, asks) in ticks)
            {
                foreach (var (tick, quantity) in bids)
                    book.Bid(tick, quantity);
                foreach (var (tick, quantity) in asks)
                    book.Ask(tick, quantity);
            }
        });
        Meter.Print("order book, level changes", ours, "flat arrays of one price range", bound);
        return Task.CompletedTask;
    }

    private static (long Tick, long Quantity) Tick(BookLevel level) =>
        ((long)(level.Price.Value * 100m), (long)(level.Quantity.Value * 100_000m));
}
