using System.Globalization;
using System.Text.Json;
using Lastro.Server.Tests.Host;
using Lastro.Server.Wallets;

namespace Lastro.Server.Tests.Orders;

/// <summary>Market orders over the recorded BTCUSDT stream of 2024-08-08, against a naive book built from the recording's text.</summary>
public sealed class RecordedFillsTests
{
    private const string Recording = "data/streams/binance_spot_btcusdt_20240808.txt.gz";

    [SharedFact(Recording)]
    public async Task Market_orders_fill_at_prices_and_sizes_that_were_in_the_book()
    {
        await using var host = await TestHost.Start(
            configure: null, null, "--Market", $"replay:{SharedData.Path(Recording)}", "--Replay:Symbol", "BTCUSDT", "--Replay:Speed", "12", "--Wallets:Grant", "5000000");
        var trader = await Trader.New(host);
        for (var index = 0; ; index++)
        {
            var answer = (index % 3) switch
            {
                0 => await trader.BuyFor("20000"),
                1 => await trader.MarketBuy("3"),
                _ => await trader.MarketSell("2.5"),
            };
            if (answer["code"] == "market_ended" || index == 5_000) break;
            await Task.Delay(60);
        }

        var fills = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await trader.Get($"/api/v1/fills?limit=500{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            fills.AddRange(page.Items);
            cursor = page["nextCursor"];
        }

        var walked = fills.Where(fill => fill.GetProperty("cause").GetProperty("kind").GetString() == "book")
            .GroupBy(fill => long.Parse(fill.GetProperty("cause").GetProperty("id").GetString()!)).OrderBy(group => group.Key).ToList();
        walked.Count.ShouldBeGreaterThan(20, "different states of the book");
        foreach (var (update, book) in Books(walked.Select(group => group.Key)))
        {
            var same = walked.Single(group => group.Key == update);
            foreach (var level in same.GroupBy(fill => (Side: fill.GetProperty("side").GetString(), Price: Number(fill, "price"))))
            {
                var side = level.Key.Side == "buy" ? book.Asks : book.Bids;
                side.ShouldContainKey(level.Key.Price, $"update {update}");
                level.Sum(fill => Number(fill, "quantity")).ShouldBeLessThanOrEqualTo(side[level.Key.Price], $"update {update} at {level.Key.Price}");
            }
        }

        (await LedgerAudit.Run(host.Owner, default)).Findings.Where(finding => finding.Breaches > 0).ShouldBeEmpty();
    }

    /// <summary>The book after each of the updates asked for, in their order; each must exist.</summary>
    private static IEnumerable<(long Update, NaiveBook Book)> Books(IEnumerable<long> updates)
    {
        var wanted = new Queue<long>(updates);
        var book = new NaiveBook();
        var early = new List<JsonElement>();
        foreach (var line in SharedData.Lines(Recording))
        {
            var text = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            if (text.Contains("\"lastUpdateId\"", StringComparison.Ordinal))
            {
                book.Load(JsonSerializer.Deserialize<JsonElement>(text));
                foreach (var diff in early) book.Apply(diff);
            }
            else if (text.Contains("@depth", StringComparison.Ordinal))
            {
                var diff = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("data");
                if (book.Update == 0) early.Add(diff);
                else book.Apply(diff);
            }

            if (wanted.TryPeek(out var next) && book.Update == next) yield return (wanted.Dequeue(), book);
        }

        wanted.ShouldBeEmpty("a fill names an update that the recording does not have");
    }

    private static decimal Number(JsonElement item, string name) => decimal.Parse(item.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private sealed class NaiveBook
    {
        public Dictionary<decimal, decimal> Bids { get; } = [];

        public Dictionary<decimal, decimal> Asks { get; } = [];

        public long Update { get; private set; }

        public void Load(JsonElement snapshot)
        {
            Bids.Clear();
            Asks.Clear();
            Set(Bids, snapshot.GetProperty("bids"));
            Set(Asks, snapshot.GetProperty("asks"));
            Update = snapshot.GetProperty("lastUpdateId").GetInt64();
        }

        public void Apply(JsonElement diff)
        {
            if (diff.GetProperty("u").GetInt64() <= Update) return;
            Set(Bids, diff.GetProperty("b"));
            Set(Asks, diff.GetProperty("a"));
            Update = diff.GetProperty("u").GetInt64();
        }

        private static void Set(Dictionary<decimal, decimal> side, JsonElement levels)
        {
            foreach (var level in levels.EnumerateArray())
            {
                var (price, size) = (decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture), decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture));
                if (size == 0m) side.Remove(price);
                else side[price] = size;
            }
        }
    }
}
