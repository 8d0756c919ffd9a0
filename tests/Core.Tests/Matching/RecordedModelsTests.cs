using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Tests.Markets;

namespace Lastro.Core.Tests.Matching;

/// <summary>Resting orders at the best quotes of the recorded BTCUSDT stream, one by one against what the recording says.</summary>
public sealed class RecordedModelsTests
{
    private const decimal Step = 0.00001m;

    [SharedFact(Recorded.Stream)]
#pragma warning disable MA0051 // One walk over the recording, read from top to bottom.
    public void Orders_fill_at_prices_of_the_market_and_never_more_than_a_trade_or_level_had()
#pragma warning restore MA0051
    {
        var market = new PlainMarket(Step);
        var (orders, filled, fills, next, crossed) = (new Dictionary<long, (RestingOrder Order, FillModel Model)>(), new int[4], new List<RestingFill>(), 1L, 0);
        var early = new List<Depth>();
        foreach (var message in Recorded.Messages())
        {
            fills.Clear();
            var data = message.TryGetProperty("data", out var inner) ? inner : message;
            var (traded, opposite) = (default(MarketTrade?), default((decimal Bid, decimal Ask)?));
            if (message.TryGetProperty("lastUpdateId", out _))
            {
                var snapshot = Picture(message, "lastUpdateId", "lastUpdateId", "bids", "asks", snapshot: true, 0);
                Take(snapshot);
                foreach (var depth in early.Where(depth => depth.FinalUpdateId > snapshot.FinalUpdateId)) Take(depth);
            }
            else if (message.GetProperty("stream").GetString()!.Contains("@depth", StringComparison.Ordinal))
            {
                var depth = Picture(data, "U", "u", "b", "a", snapshot: false, data.GetProperty("E").GetInt64());
                if (!market.Book.Ready) early.Add(depth);
                else if (depth.FinalUpdateId > market.Book.UpdateId) Take(depth);
                if (market.Book.Ready) opposite = (market.Book.Bid(0).Price.Value, market.Book.Ask(0).Price.Value);
            }
            else if (data.TryGetProperty("t", out var id) && data.TryGetProperty("p", out _))
            {
                traded = new MarketTrade(
                    id.GetInt64(), new Price(Recorded.Number(data, "p")), new Quantity(Recorded.Number(data, "q")), data.GetProperty("T").GetInt64(), data.GetProperty("m").GetBoolean());
                market.Desk.OnTrade(traded.Value, fills);
            }

            Judge(traded, opposite);
            while (market.Book.Ready && orders.Count < 40) Enter();
        }

        filled.ShouldAllBe(count => count > 20, string.Join(' ', filled));
        crossed.ShouldBeGreaterThan(5);

        void Take(Depth depth)
        {
            market.Book.Apply(depth);
            market.Offered.OnDepth(depth);
            market.Desk.OnDepth(depth, fills);
        }

        void Enter()
        {
            var (side, depth) = (next % 2 == 0 ? Side.Buy : Side.Sell, (int)(next / 8 % 5));
            var price = side == Side.Buy ? market.Book.Bid(depth).Price : market.Book.Ask(depth).Price;
            var (order, model) = (new RestingOrder(next, side, price, Step * (1 + (next * 7919 % 50_000))), (FillModel)(next / 2 % 4));
            orders.Add(next++, (order, model));
            market.Desk.Add(order, model);
        }

        void Judge(MarketTrade? trade, (decimal Bid, decimal Ask)? best)
        {
            foreach (var model in fills.GroupBy(fill => orders[fill.Id].Model))
            {
                if (trade is { } printed && model.Key >= FillModel.Queue)
                    model.Sum(fill => fill.Quantity).ShouldBeLessThanOrEqualTo(printed.Quantity.Value, $"{model.Key}, trade {printed.Id}");
                foreach (var level in model.Where(_ => model.Key == FillModel.Book).Where(fill => fill.Cause.Kind == CauseKind.Quote).GroupBy(fill => (orders[fill.Id].Order.Side, fill.Cause.Price)))
                {
                    var shown = market.Book.SizeAt(level.Key.Side == Side.Buy ? Side.Sell : Side.Buy, level.Key.Price)!.Value.Value;
                    level.Sum(fill => fill.Quantity).ShouldBeLessThanOrEqualTo(shown, $"level {level.Key.Price}");
                    crossed++;
                }

                foreach (var fill in model)
                {
                    var order = orders[fill.Id].Order;
                    var seen = trade?.Price.Value ?? (order.Side == Side.Buy ? best!.Value.Ask : best!.Value.Bid);
                    var beyond = order.Side == Side.Buy ? order.Limit.Value - seen : seen - order.Limit.Value;
                    (fill.Price, model.Key == FillModel.Through ? beyond > 0m : beyond >= 0m).ShouldBe((order.Limit, true), $"{model.Key} {fill}");
                    (trade is not null || model.Key != FillModel.Queue).ShouldBeTrue("the queue is filled by trades");
                    Decimals.IsMultipleOf(fill.Quantity, Step).ShouldBeTrue();
                    filled[(int)model.Key]++;
                    fill.Left.ShouldBe(order.Left - fill.Quantity);
                    if (fill.Left == 0m) orders.Remove(fill.Id);
                    else orders[fill.Id] = (order with { Left = fill.Left }, model.Key);
                }
            }

            market.Desk.Count.ShouldBe(orders.Count);
        }
    }

    private static Depth Picture(JsonElement data, string first, string last, string bids, string asks, bool snapshot, long timeMs) => new()
    {
        Snapshot = snapshot,
        FirstUpdateId = data.GetProperty(first).GetInt64(),
        FinalUpdateId = data.GetProperty(last).GetInt64(),
        TimeMs = timeMs,
        Bids = Levels(data.GetProperty(bids)),
        Asks = Levels(data.GetProperty(asks)),
    };

    private static BookLevel[] Levels(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => BookWalkTests.Level(Recorded.Number(row[0].GetString()!), Recorded.Number(row[1].GetString()!)))];
}
