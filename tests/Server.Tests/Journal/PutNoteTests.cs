using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Journaling;

public sealed class PutNoteTests
{
    [Fact]
    public async Task A_note_is_written_read_rewritten_and_taken_away()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var path = $"/api/v1/orders/{(await trader.Buy("0.01", "50000")).Ok()["id"]}/note";
        ((int)(await trader.Get(path)).Status).ShouldBe(404);

        var written = (await trader.Send(HttpMethod.Put, path, new { text = " Bought the dip, çé ", tags = new[] { "Dip", "dip ", "plan" }, emotion = "calm" })).Ok();
        (written["text"], written["emotion"], written["createdAt"]).ShouldBe(("Bought the dip, çé", "calm", written["updatedAt"]));
        written.Body.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).ShouldBe(["Dip", "plan"]);
        (await trader.Get(path)).Ok().Body.ToString().ShouldBe(written.Body.ToString());

        var again = (await trader.Send(HttpMethod.Put, path, new { tags = new[] { "late" } })).Ok();
        (again["text"], again["emotion"], again["createdAt"]).ShouldBe(("", null, written["createdAt"]));
        ((int)(await trader.Send(HttpMethod.Delete, path)).Status).ShouldBe(204);
        ((int)(await trader.Get(path)).Status).ShouldBe(404);
        ((int)(await trader.Send(HttpMethod.Delete, path)).Status).ShouldBe(404);
    }

    [Fact]
    public async Task Too_much_is_refused_with_its_field_and_the_most_is_kept()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var path = $"/api/v1/orders/{(await trader.Buy("0.01", "50000")).Ok()["id"]}/note";
        var wrong = new (object Body, string Field)[]
        {
            (new { text = new string('x', 4001) }, "text"),
            (new { text = " ", tags = new[] { " " } }, "text"),
            (new { text = "a\0b" }, "text"),
            (new { tags = Enumerable.Range(0, 11).Select(n => $"tag{n}").ToArray() }, "tags"),
            (new { tags = new[] { new string('x', 33) } }, "tags"),
            (new { tags = new[] { "two\nlines" } }, "tags"),
            (new { text = "a", emotion = "happy" }, "emotion"),
        };
        foreach (var (body, field) in wrong)
        {
            var refused = await trader.Send(HttpMethod.Put, path, body);
            ((int)refused.Status, refused["code"], refused["field"]).ShouldBe((422, "invalid_field", field), $"{body}");
        }

        (await trader.Send(HttpMethod.Put, path, new { text = new string('x', 4000), tags = Enumerable.Range(0, 10).Select(n => $"{n}".PadLeft(32, 't')).ToArray() })).Ok();
        ((int)(await trader.Send(HttpMethod.Put, path, new { text = "a", screenshot = "x" })).Status).ShouldBe(422);
        ((int)(await trader.Send(HttpMethod.Put, "/api/v1/orders/x/note", new { text = "a" })).Status).ShouldBe(404);
    }

    [Fact]
    public async Task Somebody_elses_order_takes_no_note_and_shows_none()
    {
        await using var market = await ScriptedMarket.Around60000();
        var (mine, other) = (await Trader.New(market.Host), await Trader.New(market.Host));
        var path = $"/api/v1/orders/{(await mine.Buy("0.01", "50000")).Ok()["id"]}/note";
        (await mine.Send(HttpMethod.Put, path, new { text = "mine" })).Ok();
        foreach (var (method, body) in new (HttpMethod, object?)[] { (HttpMethod.Put, new { text = "his" }), (HttpMethod.Get, null), (HttpMethod.Delete, null) })
            ((int)(await other.Send(method, path, body)).Status).ShouldBe(404, method.ToString());
        (await other.Get("/api/v1/journal")).Ok().Items.ShouldBeEmpty();
        (await mine.Get(path)).Ok()["text"].ShouldBe("mine");
    }
}
