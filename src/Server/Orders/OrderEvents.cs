using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Server.Platform.Outbox;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Orders;

/// <summary>What is told about an order: its new state, and the fill that caused it.</summary>
/// <param name="Order">After the change.</param>
/// <param name="Fill">Null when no fill caused it.</param>
/// <param name="Wire">What only Binance's wire tells of it; absent where that knows nothing more. The channel leaves it out.</param>
internal sealed record OrderChanged(
    OrderView Order, FillView? Fill, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WireChange? Wire = null);

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

/// <summary>Makes outbox messages of order changes, and reads them.</summary>
internal sealed class OrderEvents(IOptions<JsonOptions> json)
{
    public OutboxMessage Of(OrderRow row, FillRow? fill) => OutboxMessage.Of(
        OrderTopic.Name, row.Owner, row.AccountId, new OrderChanged(OrderView.Of(row), fill is null ? null : FillView.Of(fill), WireChange.Of(row)),
        json.Value.SerializerOptions);

    public OrderNews Read(OutboxEvent told)
    {
        var changed = told.Payload.Deserialize<OrderChanged>(json.Value.SerializerOptions)
            ?? throw new InvalidOperationException($"The event {told.Id} is empty.");
        return new OrderNews(FactsOf.Row(RowOf(changed.Order, changed.Wire)), changed.Fill is { } fill ? FactsOf.Fill(fill) : null);
    }

    private static OrderRow RowOf(OrderView view, WireChange? wire) => new()
    {
        Id = long.Parse(view.Id, CultureInfo.InvariantCulture),
        AccountId = view.AccountId,
        ClientOrderId = view.ClientOrderId,
        Symbol = view.Symbol,
        Base = view.Base,
        Quote = view.Quote,
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
        ListId = view.ListId is { } list ? long.Parse(list, CultureInfo.InvariantCulture) : null,
        LegWord = view.Leg,
        FiredAt = view.FiredAt?.UtcDateTime,
        StatusWord = view.Status,
        Reason = view.Reason,
        FilledQuantity = view.FilledQuantity,
        FilledQuote = view.FilledQuote,
        Fills = view.FilledQuantity > 0m ? 1 : 0,
        CreatedAt = view.CreatedAt.UtcDateTime,
        UpdatedAt = view.UpdatedAt.UtcDateTime,
        WireId = wire?.Id,
        WireListId = wire?.ListId,
        CancelId = wire?.CancelId,
        SiblingActed = wire?.SiblingActed ?? false,
        WireTags = wire?.Tags,
    };
}

/// <summary>Orders and fills as other rooms may read them.</summary>
internal static class FactsOf
{
    private static readonly JsonSerializerOptions TagWords = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static OrderFacts Row(OrderRow row) => new()
    {
        Id = row.Id,
        Account = row.AccountId,
        Name = row.WireId ?? row.ClientOrderId,
        ListId = row.ListId,
        ListName = row.ListId is null ? null : row.WireListId ?? OrderKeys.OfList(row.ClientOrderId, row.Id == row.ListId),
        Leg = row.Leg,
        Symbol = row.Symbol,
        Terms = row.Terms,
        Status = row.Status,
        Reason = row.Reason,
        SiblingActed = row.SiblingActed,
        CancelName = row.CancelId,
        Tags = row.WireTags is { } tags ? JsonSerializer.Deserialize<WireTags>(tags, TagWords) : null,
        Filled = row.FilledQuantity,
        FilledQuote = row.FilledQuote,
        Fills = row.Fills,
        CreatedAt = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(row.UpdatedAt, TimeSpan.Zero),
        FiredAt = OrderRow.Utc(row.FiredAt),
    };

    public static FillFacts Fill(FillRow row) => new(
        row.Id, row.OrderId, row.Price, row.Quantity, row.QuoteQuantity, row.Fee, row.FeeAsset, row.Maker, new DateTimeOffset(row.CreatedAt, TimeSpan.Zero));

    public static FillFacts Fill(FillView view) => new(
        long.Parse(view.Id, CultureInfo.InvariantCulture), long.Parse(view.OrderId, CultureInfo.InvariantCulture), view.Price, view.Quantity, view.QuoteQuantity,
        view.Fee, view.FeeAsset, view.Maker, view.Time);

    /// <summary>As the table keeps them; null when there is nothing to keep.</summary>
    public static string? Stored(WireTags? tags) => tags is null or { Type: null, StrategyId: null, StrategyType: null } ? null : JsonSerializer.Serialize(tags, TagWords);
}
