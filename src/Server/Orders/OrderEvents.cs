using System.Text.Json.Serialization;
using Lastro.Server.Platform.Outbox;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Orders;

/// <summary>What is told about an order: its new state, and the fill that caused it.</summary>
/// <param name="Order">After the change.</param>
/// <param name="Fill">Null when no fill caused it.</param>
internal sealed record OrderChanged(OrderView Order, FillView? Fill)
{
    /// <summary>What only Binance's wire tells of it; absent where that knows nothing more. The channel leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireChange? Wire { get; init; }
}

/// <summary>What Binance's wire tells of a change besides.</summary>
/// <param name="Id">The order's name there.</param>
/// <param name="ListId">Its list's name there.</param>
/// <param name="CancelId">The name of the cancel that ended it.</param>
/// <param name="SiblingActed">It ended because another of its list was filled or fired.</param>
/// <param name="Tags">JSON, as stored.</param>
internal sealed record WireChange(string? Id, string? ListId, string? CancelId, bool SiblingActed, string? Tags)
{
    public static WireChange? Of(OrderRow row) => row is { WireId: null, WireListId: null, CancelId: null, SiblingActed: false, WireTags: null }
        ? null
        : new WireChange(row.WireId, row.WireListId, row.CancelId, row.SiblingActed, row.WireTags);
}

/// <summary>Makes outbox messages of order changes.</summary>
internal sealed class OrderEvents(IOptions<JsonOptions> json)
{
    public OutboxMessage Of(OrderRow row, FillRow? fill) => OutboxMessage.Of(
        OrderTopic.Name, row.Owner, row.AccountId, new OrderChanged(OrderView.Of(row), fill is null ? null : FillView.Of(fill)) { Wire = WireChange.Of(row) },
        json.Value.SerializerOptions);
}
