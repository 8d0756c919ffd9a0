using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Journaling;

public sealed class ShowNoteTests
{
    [Fact]
    public async Task A_note_outlives_its_orders_season()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var path = $"/api/v1/orders/{(await trader.Buy("0.01", "50000")).Ok()["id"]}/note";
        (await trader.Send(HttpMethod.Put, path, new { text = "before" })).Ok();
        (await trader.Send(HttpMethod.Post, $"/api/v1/accounts/{trader.Account}/reset", new { confirm = "RESET" })).Ok();
        (await trader.Get(path)).Ok()["text"].ShouldBe("before");
        (await trader.Get("/api/v1/journal")).Ok().Items.Single().GetProperty("order").GetProperty("status").GetString().ShouldBe("canceled");
    }
}
