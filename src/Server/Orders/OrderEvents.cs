using Lastro.Server.Platform.Outbox;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Orders;

/// <summary>What is told about an order: its new state, and the fill that caused it.</summary>
/// <param name="Order">After the change.</param>
/// <param name="Fill">Null when no fill caused it.</param>
internal sealed record OrderChanged(OrderView Order, FillView? Fill);

/// <summary>Makes outbox messages of order changes.</summary>
internal sealed class OrderEvents(IOptions<JsonOptions> json)
{
    public OutboxMessage Of(OrderRow row, FillRow? fill) => OutboxMessage.Of(
        OrderTopic.Name, row.Owner, row.AccountId, new OrderChanged(OrderView.Of(row), fill is null ? null : FillView.Of(fill)), json.Value.SerializerOptions);
}
