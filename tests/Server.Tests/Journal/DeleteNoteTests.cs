using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Journaling;

public sealed class DeleteNoteTests
{
    [Fact]
    public async Task Only_the_note_asked_for_goes()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        var orders = new List<string>();
        for (var index = 0; index < 3; index++)
        {
            orders.Add((await trader.Buy("0.001", $"{50_000 + index}")).Ok()["id"]!);
            (await trader.Send(HttpMethod.Put, $"/api/v1/orders/{orders[index]}/note", new { text = $"note {index}" })).Ok();
        }

        ((int)(await trader.Send(HttpMethod.Delete, $"/api/v1/orders/{orders[1]}/note")).Status).ShouldBe(204);
        (await trader.Get("/api/v1/journal")).Ok().Items.Select(item => item.GetProperty("note").GetProperty("text").GetString()).ShouldBe(["note 2", "note 0"]);
        ((int)(await trader.Show(orders[1])).Status).ShouldBe(200, "the order stays");
    }
}
