using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Tests.BinanceApi.Trading;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.BinanceApi.Streams;

/// <summary>A local book kept by Binance's documented procedure (web-socket-streams.md, "How to manage a local order book correctly") over REST and stream.</summary>
public sealed class DepthSyncTests
{
    private const int Seed = 20_240_808;

    [Theory]
    [InlineData("btcusdt@depth@100ms")]
    [InlineData("btcusdt@depth")]
    public async Task The_procedure_ends_with_the_book_of_REST(string stream)
    {
        await using var market = await WireTrader.Market();
        using var client = await WireClient.Connect(market.Host.Address, $"/binance/ws/{stream}");
        await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        using var stop = new CancellationTokenSource();
        var driving = Drive(market, stop.Token);

        var first = (await client.Next())!.Value;
        var snapshot = await Snapshot(market);
        for (var tries = 0; snapshot.GetProperty("lastUpdateId").GetInt64() < first.GetProperty("U").GetInt64() && tries < 100; tries++) snapshot = await Snapshot(market);
        var book = new NaiveBook(snapshot);
        var applied = book.Take(first) ? 1 : 0;
        while (applied < (stream.EndsWith("100ms", StringComparison.Ordinal) ? 20 : 3))
        {
            if (book.Take((await client.Next())!.Value)) applied++;
        }

        await stop.CancelAsync();
        await driving;
        var end = await Snapshot(market);
        while (book.UpdateId < end.GetProperty("lastUpdateId").GetInt64()) book.Take((await client.Next())!.Value);
        book.UpdateId.ShouldBe(end.GetProperty("lastUpdateId").GetInt64());
        book.Text(bids: true).ShouldBe(new NaiveBook(end).Text(bids: true));
        book.Text(bids: false).ShouldBe(new NaiveBook(end).Text(bids: false));
        book.Text(bids: true).Length.ShouldBeGreaterThan(100, "there was a book to keep");
    }

    private static async Task<JsonElement> Snapshot(ScriptedMarket market) =>
        await market.Host.Client.GetFromJsonAsync<JsonElement>("/binance/api/v3/depth?symbol=BTCUSDT&limit=5000");

    private static async Task Drive(ScriptedMarket market, CancellationToken stop)
    {
        var chance = new Random(Seed);
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            if (round % 50 == 49)
            {
                await market.LoseBook();
                await market.Book([.. Enumerable.Range(1, 20).Select(i => ScriptedMarket.Level(60_000m - i, chance.Next(1, 9)))], [.. Enumerable.Range(1, 20).Select(i => ScriptedMarket.Level(60_000m + i, chance.Next(1, 9)))]);
            }
            else
            {
                await market.Change(
                    [ScriptedMarket.Level(60_000m - chance.Next(1, 40), chance.Next(0, 4))], [ScriptedMarket.Level(60_000m + chance.Next(1, 40), chance.Next(0, 4))]);
            }

            await Task.Delay(chance.Next(0, 12), CancellationToken.None);
        }
    }

    /// <summary>The steps of the document, word for word.</summary>
    private sealed class NaiveBook
    {
        private readonly SortedDictionary<decimal, string> _bids = [];
        private readonly SortedDictionary<decimal, string> _asks = [];

        public NaiveBook(JsonElement snapshot)
        {
            UpdateId = snapshot.GetProperty("lastUpdateId").GetInt64();
            Set(_bids, snapshot.GetProperty("bids"));
            Set(_asks, snapshot.GetProperty("asks"));
        }

        public long UpdateId { get; private set; }

        /// <summary>False for an event that is in the snapshot already.</summary>
        public bool Take(JsonElement change)
        {
            if (change.GetProperty("u").GetInt64() <= UpdateId) return false;
            change.GetProperty("U").GetInt64().ShouldBeLessThanOrEqualTo(UpdateId + 1, "events were missed");
            Set(_bids, change.GetProperty("b"));
            Set(_asks, change.GetProperty("a"));
            UpdateId = change.GetProperty("u").GetInt64();
            return true;
        }

        public string Text(bool bids) => string.Join(' ', (bids ? _bids : _asks).Select(level => $"{level.Key:0.00000000}x{level.Value}"));

        private static void Set(SortedDictionary<decimal, string> side, JsonElement levels)
        {
            foreach (var level in levels.EnumerateArray())
            {
                var price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
                if (decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture) == 0m) side.Remove(price);
                else side[price] = level[1].GetString()!;
            }
        }
    }
}
