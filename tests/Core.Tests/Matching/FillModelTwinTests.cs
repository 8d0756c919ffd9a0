using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Xunit.Abstractions;

namespace Lastro.Core.Tests.Matching;

/// <summary>The four models on one desk against <see cref="NaiveDesk"/>.</summary>
public sealed class FillModelTwinTests(ITestOutputHelper output)
{
    private const decimal Step = 0.1m;
    private const int Rounds = 80_000;

    private static readonly string[] Wanted =
    [
        "Touch at", "Touch beyond", "Through beyond", "without a book", "behind a queue", "beyond", "other side", "one trade, several orders", "partial",
        "explained", "in proportion", "given back", "unknown place", "place found later", "crossed", "crossed levels", "spent quote", "reduced",
        "removed", "snapshot", "lost",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
#pragma warning disable MA0051 // One random walk, read from top to bottom.
    public void Every_fill_is_that_of_the_naive_twin(int seed)
#pragma warning restore MA0051
    {
        var (random, market, twin, nowMs, next) = (new Random(seed), new PlainMarket(Step), new NaiveDesk(Step), 1_000L, 1L);
        void Seen(string what) => twin.Seen[what] = twin.Seen.GetValueOrDefault(what) + 1;
        for (var round = 0; round < Rounds; round++)
        {
            var (fills, expected) = (new List<RestingFill>(), new List<(long, decimal, decimal, decimal)>());
            nowMs += random.Next(3);
            switch (random.Next(20))
            {
                case < 4 when market.Desk.Count < 30:
                    var order = new RestingOrder(next++, random.Next(2) == 0 ? Side.Buy : Side.Sell, new Price(100 + random.Next(-6, 7)), Step * random.Next(1, 60));
                    var model = (FillModel)random.Next(4);
                    market.Desk.Add(order, model);
                    twin.Add(order, model);
                    break;
                case 4:
                    var victim = Pick();
                    if (random.Next(2) == 0)
                    {
                        market.Desk.Remove(victim).ShouldBe(twin.Remove(victim));
                        Seen("removed");
                    }
                    else if (twin.LeftOf(victim) > Step)
                    {
                        market.Desk.Reduce(victim, Step).ShouldBeTrue();
                        twin.Reduce(victim, Step);
                        Seen("reduced");
                    }

                    break;
                case < 11:
                    var trade = new MarketTrade(
                        round, new Price(100 + (random.Next(9) == 0 ? random.Next(-6, 7) : Middle() + random.Next(-1, 2))), new Quantity(0.05m * random.Next(1, 120)), nowMs - random.Next(6), random.Next(2) == 0);
                    market.Desk.OnTrade(trade, fills);
                    expected = twin.Trade(trade);
                    break;
                case 11:
                    var top = Top();
                    market.Desk.OnTop(top, fills);
                    expected = twin.Top(top);
                    break;
                case 12 when market.Book.Ready:
                    var (taker, level) = (random.Next(2) == 0 ? Side.Buy : Side.Sell, default(BookLevel?));
                    level = market.Offered.Best(taker);
                    if (level is not { } offered) break;
                    var share = random.Next(2) == 0 ? offered : offered with { Quantity = new Quantity(offered.Quantity.Value / 2m) };
                    market.Offered.Took(taker, [share]);
                    twin.Took(taker, share.Price.Value, share.Quantity.Value);
                    break;
                case 13 when random.Next(12) == 0:
                    market.Book.Clear();
                    twin.LoseBook();
                    Seen("lost");
                    break;
                default:
                    var depth = Depth(snapshot: random.Next(market.Book.Ready ? 60 : 8) == 0);
                    market.Book.Apply(depth);
                    market.Offered.OnDepth(depth);
                    market.Desk.OnDepth(depth, fills);
                    expected = twin.Depth(depth);
                    if (depth.Snapshot) Seen("snapshot");
                    break;
            }

            var got = fills.Select(fill => (fill.Id, fill.Price.Value, fill.Quantity, fill.Left));
            if (!got.SequenceEqual(expected)) got.ShouldBe(expected, $"seed {seed}, round {round}");
            if (market.Desk.Count != twin.Count || fills.Exists(fill => fill.Quantity <= 0m || !Decimals.IsMultipleOf(fill.Quantity, Step)))
                Assert.Fail($"seed {seed}, round {round}: {market.Desk.Count} of {twin.Count} orders, {string.Join(' ', fills)}");
        }

        output.WriteLine($"seed {seed}, {Rounds} events: {string.Join(", ", twin.Seen.OrderBy(seen => seen.Key, StringComparer.Ordinal).Select(seen => $"{seen.Key} {seen.Value}"))}");
        foreach (var situation in Wanted) twin.Seen.GetValueOrDefault(situation).ShouldBeGreaterThan(20, situation);

        long Pick() => random.Next(10) == 0 || !twin.Ids.Any() ? -1 : twin.Ids.ElementAt(random.Next(twin.Ids.Count()));

        // The market wanders over the orders' prices and back.
        int Middle() => (int)Math.Round(3 * Math.Sin(nowMs / 300.0));

        BookTop Top()
        {
            var (bid, ask) = (100 + Middle(), 101 + Middle());
            var (bidSize, askSize) = (market.Book.SizeAt(Side.Buy, new Price(bid)), market.Book.SizeAt(Side.Sell, new Price(ask)));
            return new BookTop(nowMs, new Price(bid), Sound(bidSize), new Price(ask), Sound(askSize), nowMs);
        }

        Quantity Sound(Quantity? size) => size is { Value: > 0m } good ? good : new Quantity(1m);

        Depth Depth(bool snapshot)
        {
            var (bids, asks, middle) = (new Dictionary<decimal, decimal>(), new Dictionary<decimal, decimal>(), Middle());
            for (var count = snapshot ? 5 : 3; count > 0; count--)
            {
                bids[100 + middle - random.Next(snapshot ? 3 : 5)] = Size(snapshot);
                asks[101 + middle + random.Next(snapshot ? 3 : 5)] = Size(snapshot);
            }

            // Whoever stands in the market's way is gone.
            for (var price = 90m; !snapshot && price < 110m; price++)
            {
                if (price > 100 + middle && market.Book.SizeAt(Side.Buy, new Price(price)) is { Value: > 0m }) bids[price] = 0m;
                if (price < 101 + middle && market.Book.SizeAt(Side.Sell, new Price(price)) is { Value: > 0m }) asks[price] = 0m;
            }

            return new Depth { Snapshot = snapshot, FirstUpdateId = nowMs, FinalUpdateId = nowMs, TimeMs = nowMs, Bids = Levels(bids, true), Asks = Levels(asks, false) };
        }

        decimal Size(bool snapshot) => 0.05m * random.Next(snapshot ? 1 : 0, 200);
    }

    private static List<BookLevel> Levels(Dictionary<decimal, decimal> sizes, bool descending) =>
        [.. sizes.OrderBy(size => descending ? -size.Key : size.Key).Select(size => BookWalkTests.Level(size.Key, size.Value))];
}
