using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Outbox;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>An order that trades no longer counts against its account's limit: Binance counts unfilled orders ("Spot Unfilled Order Count Rules").</summary>
internal sealed class FirstFills(WireLimits limits, JsonSerializerOptions json)
{
    public void Open(OutboxPump pump) => pump.Subscribe(OrderTopic.Name, (told, _) =>
    {
        Note(told);
        return ValueTask.CompletedTask;
    });

    private void Note(OutboxEvent told)
    {
        if (told.AccountId is not { } account || !told.Payload.TryGetProperty("fill", out var fill) || fill.ValueKind != JsonValueKind.Object) return;
        if (limits.Placed(account) == (0, 0)) return;
        var order = OrderTopic.Read(told, json);
        if (order.Fill is { } first && order.Order.Filled == first.Quantity) limits.GiveBack(account, 1);
    }
}
