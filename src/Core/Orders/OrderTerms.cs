using Lastro.Core.Markets;

namespace Lastro.Core.Orders;

/// <summary>How an order names its price.</summary>
public enum OrderType
{
    /// <summary>At whatever the market asks, now.</summary>
    Market,

    /// <summary>At a price or better.</summary>
    Limit,
}

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>Accepted, nothing filled.</summary>
    New,

    /// <summary>Open with a part filled.</summary>
    PartiallyFilled,

    /// <summary>Filled to the end.</summary>
    Filled,

    /// <summary>Ended before the end, by its owner or because the book had no more.</summary>
    Canceled,

    /// <summary>Ended without any fill, because it could not be carried out.</summary>
    Rejected,
}

/// <summary>What an order wants, before any rule is applied to it.</summary>
public sealed record OrderTerms
{
    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>Market or limit.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Base units; exactly one of this and <see cref="QuoteQuantity"/>.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Quote units to spend (buy) or to receive before the fee (sell); market orders only.</summary>
    public decimal? QuoteQuantity { get; init; }

    /// <summary>Quote units for one unit of base; limit orders only.</summary>
    public decimal? Price { get; init; }
}
