using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Exchanges.Binance;

namespace Lastro.Bench;

/// <summary>What resting orders cost a lane: the recording's trades, quotes and depth through the book, with 10,000 orders far away and 100 near, and with none.</summary>
internal static class RestingScenario
{
    public static Task Run(string shared)
    {
        var events = Events(shared);
        var bound = Meter.Measure(events.Count, () => Loop(events, far: 0, near: 0));
        Meter.Print("resting, 10,000 far (events)", Meter.Measure(events.Count, () => Loop(events, far: 10_000, near: 0)), "the same without orders", bound);
        Meter.Print("resting, 10,000 far, 100 near", Meter.Measure(events.Count, () => Loop(events, far: 10_000, near: 100)), "the same without orders", bound);

        var trades = Recording.Trades(shared);
        var (empty, full) = (Desk(0), Desk(10_000));
        var fills = new List<RestingFill>();
        var none = Meter.Measure(trades.Count, () => Trades(empty));
        Meter.Print("resting, 10,000 far (trades alone)", Meter.Measure(trades.Count, () => Trades(full)), "the same without orders", none, ">= 1 M/s");
        return Task.CompletedTask;

        void Trades(RestingDesk desk)
        {
            foreach (var trade in trades) desk.OnTrade(trade, fills);
            if (fills.Count > 0) throw new InvalidDataException("a far order was filled");
        }
    }

    private static List<object> Events(string shared)
    {
        var reader = new BinanceMessages();
        return [.. Recording.Messages(shared)
            .Select(message => reader.Read(message, 0) switch
            {
                MessageKind.Trade => (object)reader.Trade,
                MessageKind.BookTop => reader.Top,
                MessageKind.DepthChange or MessageKind.DepthSnapshot => reader.Depth!,
                _ => null,
            })
            .OfType<object>()
            .OrderByDescending(item => item is Depth { Snapshot: true })];
    }

    private static RestingDesk Desk(int far)
    {
        var book = new OrderBook();
        var desk = new RestingDesk(book, new OfferedBook(book), () => 0.00001m);
        Far(desk, far);
        return desk;
    }

    private static void Far(RestingDesk desk, int count)
    {
        for (var id = 0; id < count; id++)
        {
            var side = id % 2 == 0 ? Side.Buy : Side.Sell;
            desk.Add(new RestingOrder(id, side, new Price(side == Side.Buy ? 40_000m - id : 80_000m + id), 0.01m), (FillModel)(id / 2 % FillModels.Count));
        }
    }

    /// <summary>A run of the recording; near orders are put in again when they have been filled. All orders are entered anew in each run, as part of the work.</summary>
    private static void Loop(List<object> events, int far, int near)
    {
        var book = new OrderBook();
        var offered = new OfferedBook(book);
        var desk = new RestingDesk(book, offered, () => 0.00001m);
        var fills = new List<RestingFill>();
        var next = (long)far;
        foreach (var item in events)
        {
            switch (item)
            {
                case MarketTrade trade:
                    desk.OnTrade(trade, fills);
                    break;
                case BookTop top:
                    desk.OnTop(top, fills);
                    break;
                case Depth depth:
                    book.Apply(depth);
                    offered.OnDepth(depth);
                    desk.OnDepth(depth, fills);
                    if (depth.Snapshot) Far(desk, far);
                    break;
                default:
                    throw new InvalidDataException("an event of no kind");
            }

            fills.Clear();
            for (; book.Ready && desk.Count < far + near; next++)
            {
                var side = next % 2 == 0 ? Side.Buy : Side.Sell;
                var level = side == Side.Buy ? book.Bid((int)(next % 50)) : book.Ask((int)(next % 50));
                desk.Add(new RestingOrder(next, side, level.Price, 0.01m), (FillModel)(next / 2 % FillModels.Count));
            }
        }
    }
}
