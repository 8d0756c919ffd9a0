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

    /// <summary>How it names its price, and what it waits for.</summary>
    [AllowedValues("market", "limit", "stopLoss", "stopLossLimit", "takeProfit", "takeProfitLimit", "trailingStop")]
    public required string Type { get; init; }

    /// <summary>waiting and paused orders wait for a trigger, a time or their entry; failed ones may be retried.</summary>
    [AllowedValues("waiting", "paused", "triggered", "new", "partiallyFilled", "filled", "canceled", "rejected", "expired", "failed")]
    public required string Status { get; init; }

    public decimal? Price { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? QuoteQuantity { get; init; }

    public decimal FilledQuantity { get; init; }

    public decimal FilledQuote { get; init; }

    /// <summary>Filled quote by filled base, to 12 decimals.</summary>
    public decimal? AveragePrice { get; init; }

    [AllowedValues("gtc", "ioc", "fok", "gtd")]
    public required string TimeInForce { get; init; }

    /// <summary>The trade price that fires it.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>True when a trade must rise to the trigger, false when it must fall to it.</summary>
    public bool? FiresOnRise { get; init; }

    /// <summary>Basis points a trailing stop stays behind.</summary>
    public int? TrailingDelta { get; init; }

    /// <summary>The trade price from which a trailing stop follows.</summary>
    public decimal? ActivationPrice { get; init; }

    /// <summary>The extreme a trailing stop has followed to, at most some seconds old.</summary>
    public decimal? Extreme { get; init; }

    public bool PostOnly { get; init; }

    /// <summary>When a waiting order keeps its money back.</summary>
    [AllowedValues("placed", "fired")]
    public required string HoldWhen { get; init; }

    /// <summary>Market time.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Market time.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Orders that belong together share it.</summary>
    public string? ListId { get; init; }

    /// <summary>Its place in the list.</summary>
    [AllowedValues("entry", "target", "stop", null)]
    public string? Leg { get; init; }

    /// <summary>What fired it.</summary>
    public CauseView? FiredBy { get; init; }

    /// <summary>Market time at which it fired.</summary>
    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>By which rule it went on after the server was last down while it was open.</summary>
    [AllowedValues("missedTrades", "recording", "freshPrice", null)]
    public string? ResumedBy { get; init; }

    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>When it fills while it rests; default is queue with a book, else through.</summary>
    [AllowedValues("default", "touch", "through", "queue", "book")]
    public required string FillModel { get; init; }

    public required IReadOnlyList<AmountView> Fees { get; init; }

    /// <summary>What it keeps back now; null when nothing.</summary>
    public AmountView? Held { get; init; }

    /// <summary>Why it ended without being filled whole, or failed.</summary>
    [AllowedValues("no_liquidity", "hold_spent", "below_step", "market_ended", "ioc", "fok", "expired", "would_take", "sibling", "insufficient_funds", "no_price", null)]
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
        TimeInForce = row.TimeWord,
        TriggerPrice = row.TriggerPrice,
        FiresOnRise = row.Terms.FiresOnRise,
        TrailingDelta = row.TrailingDelta,
        ActivationPrice = row.ActivationPrice,
        Extreme = row.Extreme,
        PostOnly = row.PostOnly,
        HoldWhen = row.HoldWhenWord,
        ExpiresAt = OrderRow.Utc(row.ExpiresAt),
        StartAt = OrderRow.Utc(row.StartAt),
        ListId = row.ListId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Leg = row.LegWord,
        FiredBy = row.FiredBy is { } cause ? CauseView.Read(cause) : null,
        FiredAt = OrderRow.Utc(row.FiredAt),
        ResumedBy = row.ResumedBy,
        ResumedAt = OrderRow.Utc(row.ResumedAt),
        FillModel = row.ModelWord,
        Fees = row.Fee == 0m ? [] : [new AmountView(row.Received.Code, row.Fee)],
        Held = row.Held == 0m ? null : new AmountView(row.HoldAsset, row.Held),
        Reason = row.Reason,
        CreatedAt = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(row.UpdatedAt, TimeSpan.Zero),
    };
    public OrderGlimpse Glimpse() => new()
    {
        Id = Id,
        AccountId = AccountId,
        Symbol = Symbol,
        Base = Base,
        Quote = Quote,
        Side = Side,
        Type = Type,
        Status = Status,
        FilledQuantity = FilledQuantity,
        AveragePrice = AveragePrice,
        CreatedAt = CreatedAt,
    };
}
