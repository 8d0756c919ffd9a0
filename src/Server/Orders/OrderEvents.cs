using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Core.Orders;
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

    /// <summary>How it came there.</summary>
    public OrderMove? Move { get; init; }
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

/// <summary>What of a change cannot be seen in the order after it.</summary>
internal sealed record OrderMove
{
    /// <summary>Its status before; null when it was placed by this.</summary>
    public OrderStatus? From { get; init; }

    /// <summary>Its owner has changed its terms.</summary>
    public bool Amended { get; init; }

    /// <summary>What the wire called it before; null where that is what it calls it now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NameBefore { get; init; }

    /// <summary>The orders of its list as this change leaves them.</summary>
    public IReadOnlyList<ListMember>? List { get; init; }
}

/// <summary>Makes outbox messages of order changes, and reads them again.</summary>
internal sealed class OrderEvents(IOptions<JsonOptions> json)
{
    /// <summary>Orders that were placed together with others of the batch.</summary>
    public OutboxMessage[] Placed(IReadOnlyList<OrderRow> rows) => [.. rows.Select(row => Of(row, null, new OrderMove { List = Members(row, rows) }))];

    /// <param name="row">After the change.</param>
    /// <param name="fill">What caused it.</param>
    /// <param name="settlement">Of which the change is a part.</param>
    public OutboxMessage Of(OrderRow row, FillRow? fill, Settlement settlement)
    {
        var before = settlement.Before(row.Id);
        return Of(row, fill, new OrderMove
        {
            From = before.Status,
            Amended = fill is null && IsAmended(before, row),
            NameBefore = before.WireId == row.WireId ? null : before.WireId ?? before.ClientOrderId,
            List = Members(row, settlement.Rows),
        });
    }

    public static OrderTold Read(OutboxEvent told, JsonSerializerOptions json)
    {
        var changed = told.Payload.Deserialize<OrderChanged>(json) ?? throw new JsonException("An order event is empty.");
        var (order, fill, move) = (changed.Order, changed.Fill, changed.Move ?? new OrderMove());
        return new OrderTold(FactsOf.Row(RowOf(order, changed.Wire)), order.Base, order.Quote)
        {
            From = move.From,
            Amended = move.Amended,
            NameBefore = move.NameBefore,
            CancelName = changed.Wire?.CancelId,
            Follows = order.Extreme is not null,
            Fill = fill is null ? null : FactsOf.Fill(fill),
            List = move.List ?? [],
        };
    }

    /// <summary>As much of the row as is told.</summary>
    private static OrderRow RowOf(OrderView view, WireChange? wire) => new()
    {
        Id = Number(view.Id),
        AccountId = view.AccountId,
        ClientOrderId = view.ClientOrderId,
        Symbol = view.Symbol,
        SideWord = view.Side,
        TypeWord = view.Type,
        TimeWord = view.TimeInForce,
        Price = view.Price,
        Quantity = view.Quantity,
        QuoteQuantity = view.QuoteQuantity,
        TriggerPrice = view.TriggerPrice,
        TrailingDelta = view.TrailingDelta,
        ActivationPrice = view.ActivationPrice,
        PostOnly = view.PostOnly,
        HoldWhenWord = view.HoldWhen,
        ExpiresAt = view.ExpiresAt?.UtcDateTime,
        StartAt = view.StartAt?.UtcDateTime,
        ListId = view.ListId is { } list ? Number(list) : null,
        LegWord = view.Leg,
        FiredAt = view.FiredAt?.UtcDateTime,
        StatusWord = view.Status,
        Reason = view.Reason,
        FilledQuantity = view.FilledQuantity,
        FilledQuote = view.FilledQuote,
        CreatedAt = view.CreatedAt.UtcDateTime,
        UpdatedAt = view.UpdatedAt.UtcDateTime,
        WireId = wire?.Id,
        WireListId = wire?.ListId,
        SiblingActed = wire?.SiblingActed ?? false,
        WireTags = wire?.Tags,
    };

    private OutboxMessage Of(OrderRow row, FillRow? fill, OrderMove move) => OutboxMessage.Of(
        OrderTopic.Name, row.Owner, row.AccountId, new OrderChanged(OrderView.Of(row), fill is null ? null : FillView.Of(fill)) { Wire = WireChange.Of(row), Move = move }, json.Value.SerializerOptions);

    private static List<ListMember>? Members(OrderRow row, IEnumerable<OrderRow> rows) => row.ListId is not { } list
        ? null
        : [.. rows.Where(other => other.ListId == list).OrderBy(other => other.Id).Select(other => new ListMember(other.Id, other.WireId ?? other.ClientOrderId, other.IsOpen))];

    /// <summary>A bracket's exit that gets its quantity from its entry is not amended by it.</summary>
    private static bool IsAmended(OrderRow before, OrderRow after) => before.IsOpen && after.IsOpen && after.Revision != before.Revision
        && (before.Quantity != after.Quantity || before.Price != after.Price || before.TriggerPrice != after.TriggerPrice
            || before.TrailingDelta != after.TrailingDelta || before.ExpiresAt != after.ExpiresAt);

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
