using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Core.Orders;

namespace Lastro.Server.Orders;

/// <summary>Makes of rows what other rooms may read.</summary>
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
        Tags = Tags(row.WireTags),
        Filled = row.FilledQuantity,
        FilledQuote = row.FilledQuote,
        CreatedAt = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(row.UpdatedAt, TimeSpan.Zero),
        FiredAt = OrderRow.Utc(row.FiredAt),
    };

    public static OrderFacts View(OrderView view, WireChange? wire)
    {
        var id = Number(view.Id);
        long? list = view.ListId is null ? null : Number(view.ListId);
        return new()
        {
            Id = id,
            Account = view.AccountId,
            Name = wire?.Id ?? view.ClientOrderId,
            ListId = list,
            ListName = list is null ? null : wire?.ListId ?? OrderKeys.OfList(view.ClientOrderId, id == list),
            Leg = OrderWords.ToLeg(view.Leg),
            Symbol = view.Symbol,
            Terms = new OrderTerms
            {
                Side = OrderWords.ToSide(view.Side) ?? throw Unknown(view.Side),
                Type = OrderWords.ToType(view.Type) ?? throw Unknown(view.Type),
                Quantity = view.Quantity,
                QuoteQuantity = view.QuoteQuantity,
                Price = view.Price,
                TriggerPrice = view.TriggerPrice,
                TrailingDelta = view.TrailingDelta,
                ActivationPrice = view.ActivationPrice,
                TimeInForce = OrderWords.ToTime(view.TimeInForce) ?? throw Unknown(view.TimeInForce),
                ExpiresAt = view.ExpiresAt,
                StartAt = view.StartAt,
                PostOnly = view.PostOnly,
                HoldWhen = OrderWords.ToHoldWhen(view.HoldWhen) ?? throw Unknown(view.HoldWhen),
            },
            Status = OrderWords.ToStatus(view.Status) ?? throw Unknown(view.Status),
            Reason = view.Reason,
            SiblingActed = wire?.SiblingActed ?? false,
            Tags = Tags(wire?.Tags),
            Filled = view.FilledQuantity,
            FilledQuote = view.FilledQuote,
            CreatedAt = view.CreatedAt,
            UpdatedAt = view.UpdatedAt,
            FiredAt = view.FiredAt,
        };
    }

    public static FillFacts Fill(FillView view) => new(
        Number(view.Id), Number(view.OrderId), view.Price, view.Quantity, view.QuoteQuantity, view.Fee, view.FeeAsset, view.Maker, view.Time);

    public static FillFacts Fill(FillRow row) => new(
        row.Id, row.OrderId, row.Price, row.Quantity, row.QuoteQuantity, row.Fee, row.FeeAsset, row.Maker, new DateTimeOffset(row.CreatedAt, TimeSpan.Zero));

    private static WireTags? Tags(string? stored) => stored is null ? null : JsonSerializer.Deserialize<WireTags>(stored, TagWords);

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private static InvalidOperationException Unknown(string word) => new($"An event holds the word '{word}'.");

    /// <summary>As the table keeps them; null when there is nothing to keep.</summary>
    public static string? Stored(WireTags? tags) => tags is null or { Type: null, StrategyId: null, StrategyType: null } ? null : JsonSerializer.Serialize(tags, TagWords);
}
