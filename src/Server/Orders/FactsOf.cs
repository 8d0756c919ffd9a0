using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

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

    public static FillFacts Fill(FillView view) => new(
        Number(view.Id), Number(view.OrderId), view.Price, view.Quantity, view.QuoteQuantity, view.Fee, view.FeeAsset, view.Maker, view.Time);

    public static FillFacts Fill(FillRow row) => new(
        row.Id, row.OrderId, row.Price, row.Quantity, row.QuoteQuantity, row.Fee, row.FeeAsset, row.Maker, new DateTimeOffset(row.CreatedAt, TimeSpan.Zero));

    private static WireTags? Tags(string? stored) => stored is null ? null : JsonSerializer.Deserialize<WireTags>(stored, TagWords);

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    /// <summary>As the table keeps them; null when there is nothing to keep.</summary>
    public static string? Stored(WireTags? tags) => tags is null or { Type: null, StrategyId: null, StrategyType: null } ? null : JsonSerializer.Serialize(tags, TagWords);
}
