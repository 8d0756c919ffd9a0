using System.ComponentModel.DataAnnotations;

namespace Lastro.Server.Orders;

/// <summary>An amount of an asset.</summary>
/// <param name="Asset">Ticker.</param>
/// <param name="Amount">Never negative.</param>
internal sealed record AmountView(string Asset, decimal Amount);

/// <summary>An order as the API shows it.</summary>
internal sealed record OrderView
{
    /// <summary>Decimals of an average price that does not come out even.</summary>
    private const int AveragePlaces = 12;

    public required string Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string ClientOrderId { get; init; }

    public required string Symbol { get; init; }

    public required string Base { get; init; }

    public required string Quote { get; init; }

    /// <summary>buy or sell.</summary>
    [AllowedValues("buy", "sell")]
    public required string Side { get; init; }

    /// <summary>market or limit.</summary>
    [AllowedValues("market", "limit")]
    public required string Type { get; init; }

    /// <summary>new, partiallyFilled, filled, canceled or rejected.</summary>
    [AllowedValues("new", "partiallyFilled", "filled", "canceled", "rejected")]
    public required string Status { get; init; }

    public decimal? Price { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? QuoteQuantity { get; init; }

    public decimal FilledQuantity { get; init; }

    public decimal FilledQuote { get; init; }

    /// <summary>Filled quote by filled base, to 12 decimals.</summary>
    public decimal? AveragePrice { get; init; }

    [AllowedValues("gtc")]
    public required string TimeInForce { get; init; }

    public required IReadOnlyList<AmountView> Fees { get; init; }

    /// <summary>What it keeps back now; null when nothing.</summary>
    public AmountView? Held { get; init; }

    /// <summary>Why it ended without being filled: no_liquidity, hold_spent, below_step, market_ended.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public static OrderView Of(OrderRow row) => new()
    {
        Id = row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        AccountId = row.AccountId,
        ClientOrderId = row.ClientOrderId,
        Symbol = row.Symbol,
        Base = row.Base,
        Quote = row.Quote,
        Side = row.SideWord,
        Type = row.TypeWord,
        Status = row.StatusWord,
        Price = row.Price,
        Quantity = row.Quantity,
        QuoteQuantity = row.QuoteQuantity,
        FilledQuantity = row.FilledQuantity,
        FilledQuote = row.FilledQuote,
        AveragePrice = row.FilledQuantity == 0m ? null : decimal.Round(row.FilledQuote / row.FilledQuantity, AveragePlaces),
        TimeInForce = row.TimeInForce,
        Fees = row.Fee == 0m ? [] : [new AmountView(row.Received.Code, row.Fee)],
        Held = row.Held == 0m ? null : new AmountView(row.HoldAsset, row.Held),
        Reason = row.Reason,
        CreatedAt = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(row.UpdatedAt, TimeSpan.Zero),
    };
}
