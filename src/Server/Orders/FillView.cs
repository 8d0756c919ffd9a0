using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;

namespace Lastro.Server.Orders;

/// <summary>A fill as the API shows it.</summary>
internal sealed record FillView
{
    public required string Id { get; init; }

    public required string OrderId { get; init; }

    public required Guid AccountId { get; init; }

    public required string Symbol { get; init; }

    [AllowedValues("buy", "sell")]
    public required string Side { get; init; }

    public required decimal Price { get; init; }

    public required decimal Quantity { get; init; }

    public required decimal QuoteQuantity { get; init; }

    public required decimal Fee { get; init; }

    public required string FeeAsset { get; init; }

    public required bool Maker { get; init; }

    public required CauseView Cause { get; init; }

    /// <summary>Market time.</summary>
    public required DateTimeOffset Time { get; init; }

    public static FillView Of(FillRow row) => new()
    {
        Id = row.Id.ToString(CultureInfo.InvariantCulture),
        OrderId = row.OrderId.ToString(CultureInfo.InvariantCulture),
        AccountId = row.AccountId,
        Symbol = row.Symbol,
        Side = row.SideWord,
        Price = row.Price,
        Quantity = row.Quantity,
        QuoteQuantity = row.QuoteQuantity,
        Fee = row.Fee,
        FeeAsset = row.FeeAsset,
        Maker = row.Maker,
        Cause = CauseView.Read(row.Cause),
        Time = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
    };
}

/// <summary>The market event that made a fill or fired an order.</summary>
/// <param name="Kind">trade, quote, book or slippage; time for an order that started at one.</param>
/// <param name="Id">Trade id or book update id.</param>
/// <param name="Price">The price seen.</param>
/// <param name="Time">Market time.</param>
internal sealed record CauseView([property: AllowedValues("trade", "quote", "book", "slippage", "time")] string Kind, string Id, decimal Price, DateTimeOffset Time)
{
    /// <summary>As the fills table keeps it: {"kind","id","price","timeMs"}, the price as text.</summary>
    public static CauseView Read(string stored)
    {
        using var document = JsonDocument.Parse(stored);
        var root = document.RootElement;
        return new CauseView(
            root.GetProperty("kind").GetString() ?? "",
            root.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture),
            decimal.Parse(root.GetProperty("price").GetString() ?? "0", CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("timeMs").GetInt64()));
    }
}
