using System.Text.Json;
using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Markets;

public sealed class OrderBookTests
{
    [Fact]
    public void Random_changes_leave_the_same_book_as_a_sorted_dictionary()
    {
        var random = new Random(5);
        for (var round = 0; round < 30; round++)
        {
            var book = new OrderBook();
            var bids = new SortedDictionary<decimal, decimal>(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
            var asks = new SortedDictionary<decimal, decimal>();
            for (var update = 1; update <= 300; update++)
            {
                var snapshot = update == 1 || random.Next(100) == 0;
                if (snapshot)
                {
                    bids.Clear();
                    asks.Clear();
                }

                var depth = new Depth
                {
                    Snapshot = snapshot,
                    FirstUpdateId = update,
                    FinalUpdateId = update,
                    TimeMs = update,
                    Bids = Change(random, bids, 900, 1_000),
                    Asks = Change(random, asks, 1_001, 1_100),
                };
                book.Apply(depth);
                Levels(book.BidCount, book.Bid).ShouldBe(bids.Select(level => (level.Key, level.Value)));
                Levels(book.AskCount, book.Ask).ShouldBe(asks.Select(level => (level.Key, level.Value)));
                (book.Ready, book.UpdateId, book.Crossed).ShouldBe((true, update, false));
                Same(book, random);
            }

            book.Clear();
            (book.Ready, book.BidCount, book.AskCount).ShouldBe((false, 0, 0));
        }
    }

    [SharedFact(Recorded.Stream)]
    public void The_recorded_snapshot_and_changes_give_every_best_quote_of_the_same_update()
    {
        var tops = new Dictionary<long, JsonElement>();
        foreach (var message in Recorded.Messages())
        {
            if (message.TryGetProperty("stream", out var name) && name.GetString() == "btcusdt@bookTicker")
                tops[message.GetProperty("data").GetProperty("u").GetInt64()] = message.GetProperty("data");
        }

        var book = new OrderBook();
        var early = new List<Depth>();
        var compared = 0;
        foreach (var depth in Recorded.Messages().Select(Depth).OfType<Depth>())
        {
            if (!book.Ready && !depth.Snapshot)
            {
                early.Add(depth);
                continue;
            }

            // Binance: drop events with u <= lastUpdateId of the snapshot, then apply the rest.
            foreach (var each in depth.Snapshot ? [depth, .. early.Where(before => before.FinalUpdateId > depth.FinalUpdateId)] : new[] { depth })
            {
                book.Apply(each);
                book.Crossed.ShouldBeFalse();
                if (each.Snapshot || !tops.TryGetValue(each.FinalUpdateId, out var top))
                    continue;
                book.Bid(0).ShouldBe(new BookLevel(new Price(Recorded.Number(top, "b")), new Quantity(Recorded.Number(top, "B"))));
                book.Ask(0).ShouldBe(new BookLevel(new Price(Recorded.Number(top, "a")), new Quantity(Recorded.Number(top, "A"))));
                compared++;
            }
        }

        compared.ShouldBe(564);
    }

    /// <summary>A book made of a book's picture: the same levels, and the same prices that nobody knows.</summary>
    private static void Same(OrderBook book, Random random)
    {
        var copy = new OrderBook();
        copy.Apply(book.Picture());
        (copy.Ready, copy.UpdateId, copy.TimeMs).ShouldBe((true, book.UpdateId, book.TimeMs));
        Levels(copy.BidCount, copy.Bid).ShouldBe(Levels(book.BidCount, book.Bid));
        Levels(copy.AskCount, copy.Ask).ShouldBe(Levels(book.AskCount, book.Ask));
        var price = new Price(random.Next(900, 1_101));
        copy.SizeAt(Side.Buy, price).ShouldBe(book.SizeAt(Side.Buy, price));
        copy.SizeAt(Side.Sell, price).ShouldBe(book.SizeAt(Side.Sell, price));
    }

    private static Depth? Depth(JsonElement message)
    {
        if (message.TryGetProperty("lastUpdateId", out var id))
            return Depth(message, id.GetInt64(), id.GetInt64(), ("bids", "asks"), snapshot: true);
        var data = message.GetProperty("data");
        return message.GetProperty("stream").GetString() == "btcusdt@depth@100ms"
            ? Depth(data, data.GetProperty("U").GetInt64(), data.GetProperty("u").GetInt64(), ("b", "a"), snapshot: false)
            : null;
    }

    private static Depth Depth(JsonElement data, long first, long last, (string Bids, string Asks) names, bool snapshot) => new()
    {
        Snapshot = snapshot,
        FirstUpdateId = first,
        FinalUpdateId = last,
        TimeMs = 0,
        Bids = Levels(data.GetProperty(names.Bids)),
        Asks = Levels(data.GetProperty(names.Asks)),
    };

    private static BookLevel[] Levels(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => new BookLevel(
            new Price(Recorded.Number(row[0].GetString()!)), new Quantity(Recorded.Number(row[1].GetString()!))))];

    private static IEnumerable<(decimal Price, decimal Quantity)> Levels(int count, Func<int, BookLevel> level) =>
        Enumerable.Range(0, count).Select(i => (level(i).Price.Value, level(i).Quantity.Value));

    private static List<BookLevel> Change(Random random, SortedDictionary<decimal, decimal> twin, int from, int to)
    {
        var levels = new List<BookLevel>();
        for (var i = random.Next(0, 8); i > 0; i--)
        {
            var (price, quantity) = ((decimal)random.Next(from, to), (decimal)random.Next(0, 3));
            levels.Add(new BookLevel(new Price(price), new Quantity(quantity)));
            if (quantity == 0m)
                twin.Remove(price);
            else
                twin[price] = quantity;
        }

        return levels;
    }
}
