using Lastro.Core.Markets;
using Lastro.Core.Matching;

namespace Lastro.Core.Tests.Matching;

public sealed class RestingBookTests
{
    [Fact]
    public void A_trade_at_the_limit_fills_nobody_and_one_beyond_it_does()
    {
        var book = new RestingBook();
        book.Add(new RestingOrder(1, Side.Buy, new Price(100m)));
        book.Add(new RestingOrder(2, Side.Sell, new Price(102m)));
        var taken = new List<RestingOrder>();

        book.TakeBeyond(new Price(100m), taken);
        book.TakeBeyond(new Price(102m), taken);
        taken.ShouldBeEmpty();

        book.TakeBeyond(new Price(99.99m), taken);
        book.TakeBeyond(new Price(102.01m), taken);
        taken.Select(order => order.Id).ShouldBe([1L, 2L]);
        book.Count.ShouldBe(0);
    }

    [Fact]
    public void It_behaves_as_a_plain_list_does_over_random_operations()
    {
        var random = new Random(4711);
        var (book, naive, generated) = (new RestingBook(), new List<RestingOrder>(), new Dictionary<string, int>());
        long next = 1;
        for (var round = 0; round < 300_000; round++)
        {
            var price = new Price(1_000 + random.Next(-40, 41));
            var (got, expected) = (new List<RestingOrder>(), new List<RestingOrder>());
            switch (random.Next(6))
            {
                case 0 or 1:
                    var order = new RestingOrder(next++, random.Next(2) == 0 ? Side.Buy : Side.Sell, price);
                    book.Add(order);
                    naive.Add(order);
                    break;
                case 2 when naive.Count > 0:
                    var victim = random.Next(4) == 0 ? -1 : naive[random.Next(naive.Count)].Id;
                    book.Remove(victim).ShouldBe(naive.RemoveAll(known => known.Id == victim) == 1);
                    break;
                case 3:
                    book.TakeBeyond(price, got);
                    expected = [.. Buys(naive, price), .. Sells(naive, price)];
                    break;
                case 4:
                    book.TakeAbove(price, got);
                    expected = Buys(naive, price);
                    break;
                case 5:
                    book.TakeBelow(price, got);
                    expected = Sells(naive, price);
                    break;
            }

            got.ShouldBe(expected);
            naive.RemoveAll(expected.Contains);
            book.Count.ShouldBe(naive.Count);
            var kind = got.Count switch { 0 => "none", 1 => "one", _ => "many" };
            generated[kind] = generated.GetValueOrDefault(kind) + 1;
        }

        generated["one"].ShouldBeGreaterThan(1_000);
        generated["many"].ShouldBeGreaterThan(1_000);
    }

    private static List<RestingOrder> Buys(List<RestingOrder> orders, Price price) =>
        [.. orders.Where(order => order.Side == Side.Buy && order.Limit > price).OrderByDescending(order => order.Limit.Value).ThenBy(order => order.Id)];

    private static List<RestingOrder> Sells(List<RestingOrder> orders, Price price) =>
        [.. orders.Where(order => order.Side == Side.Sell && order.Limit < price).OrderBy(order => order.Limit.Value).ThenBy(order => order.Id)];
}
