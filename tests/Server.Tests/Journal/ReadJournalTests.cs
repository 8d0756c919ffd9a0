using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Journaling;

public sealed class ReadJournalTests
{
    private sealed record Written(string Order, string Symbol, string Text, string[] Tags, DateTimeOffset At);

    [Fact]
    public async Task Search_filters_and_pages_find_what_a_plain_list_finds()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var all = new List<Written>();
        string[] texts = ["Bought the DIP", "100% sure_thing", "fear of missing out\nplan", "çedilha e ação"];
        for (var index = 0; index < 12; index++)
        {
            var order = (await trader.Buy("0.001", $"{50_000 + index}")).Ok();
            var (text, tags) = (texts[index % 4], index % 3 == 0 ? new[] { "Plan", "x%" } : []);
            (await trader.Send(HttpMethod.Put, $"/api/v1/orders/{order["id"]}/note", new { text, tags })).Ok();
            all.Add(new Written(order["id"]!, "BTCUSDT", text, tags, DateTimeOffset.Parse(order["createdAt"]!)));
            await market.Trade(60_000m);
        }

        var middle = all[6].At;
        await Same("", _ => true);
        foreach (var word in new[] { "dip", "Plan", "100%", "_", "%", "AÇÃO", "btcusdt", "nothing" })
            await Same($"q={Uri.EscapeDataString(word)}", note => $"{note.Text}\n{note.Symbol}\n{string.Join('\n', note.Tags)}".Contains(word, StringComparison.OrdinalIgnoreCase));
        await Same("tag=plan", note => note.Tags.Contains("Plan"));
        await Same("tag=pla", _ => false);
        await Same("symbol=btcusdt&q=dip", note => note.Text == texts[0]);
        await Same("symbol=ETHUSDT", _ => false);
        await Same($"from={middle:yyyy-MM-ddTHH:mm:ss.fffZ}", note => note.At >= middle);
        await Same($"to={middle:yyyy-MM-ddTHH:mm:ss.fffZ}", note => note.At < middle);
        foreach (var (query, field) in new[] { ("limit=0", "limit"), ("limit=501", "limit"), ("cursor=x", "cursor"), ("from=soon", "from"), ("to=x", "to"), ($"q={new string('q', 201)}", "q") })
        {
            var refused = await trader.Get($"/api/v1/journal?{query}");
            ((int)refused.Status, refused["field"]).ShouldBe((422, field), query);
        }

        async Task Same(string query, Func<Written, bool> wanted)
        {
            var found = new List<string>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = (await trader.Get($"/api/v1/journal?limit=5&{query}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Ok();
                found.AddRange(page.Items.Select(item => item.GetProperty("order").GetProperty("id").GetString()!));
                cursor = page["nextCursor"];
            }

            found.ShouldBe(all.Where(wanted).Select(note => note.Order).Reverse(), query);
        }
    }
}
