using Lastro.Core.Markets;

namespace Lastro.Core.Orders;

/// <summary>How an order names its price, and what it waits for.</summary>
public enum OrderType
{
    /// <summary>At whatever the market asks, now.</summary>
    Market,

    /// <summary>At a price or better.</summary>
    Limit,

    /// <summary>A market order once the price has gone against its owner as far as the trigger.</summary>
    StopLoss,

    /// <summary>A limit order once the price has gone against its owner as far as the trigger.</summary>
    StopLossLimit,

    /// <summary>A market order once the price has come its owner's way as far as the trigger.</summary>
    TakeProfit,

    /// <summary>A limit order once the price has come its owner's way as far as the trigger.</summary>
    TakeProfitLimit,

    /// <summary>A market order once the price has turned back from its extreme by a share of it.</summary>
    TrailingStop,
}

/// <summary>How long an order stays.</summary>
public enum TimeInForce
{
    /// <summary>Until it is filled or cancelled.</summary>
    Gtc,

    /// <summary>Takes what it can at once; the rest expires.</summary>
    Ioc,

    /// <summary>Is filled whole at once or expires.</summary>
    Fok,

    /// <summary>Until a time.</summary>
    Gtd,
}

/// <summary>When a conditional or scheduled order keeps its money back.</summary>
public enum HoldWhen
{
    /// <summary>From the moment it is placed: it cannot fail for want of money.</summary>
    Placed,

    /// <summary>Once it fires: it fails if the money is not there then.</summary>
    Fired,
}

/// <summary>What an order wants, before any rule is applied to it.</summary>
public sealed record OrderTerms
{
    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>How it names its price.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Base units; exactly one of this and <see cref="QuoteQuantity"/>.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Quote units to spend (buy) or to receive before the fee (sell); only for orders that end up at market.</summary>
    public decimal? QuoteQuantity { get; init; }

    /// <summary>Quote units for one unit of base; only for orders that end up as limit orders.</summary>
    public decimal? Price { get; init; }

    /// <summary>The trade price that fires a stop-loss or take-profit.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Basis points (1 is 0.01 %) a trailing stop stays behind the extreme.</summary>
    public int? TrailingDelta { get; init; }

    /// <summary>The trade price from which a trailing stop begins to follow; null for at once.</summary>
    public decimal? ActivationPrice { get; init; }

    /// <summary>How long it stays.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>The end of a good-till-date order; market time.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>It does nothing before this; market time.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>It is refused rather than take from the book.</summary>
    public bool PostOnly { get; init; }

    /// <summary>When it keeps its money back.</summary>
    public HoldWhen HoldWhen { get; init; }

    /// <summary>True when it is a limit order, now or once it has fired.</summary>
    public bool IsLimit => Type is OrderType.Limit or OrderType.StopLossLimit or OrderType.TakeProfitLimit;

    /// <summary>True when it waits for a trade price.</summary>
    public bool IsConditional => Type is not (OrderType.Market or OrderType.Limit);

    /// <summary>True when it waits for something: a trade price or a time.</summary>
    public bool Waits => IsConditional || StartAt is not null;

    /// <summary>True when its trade must rise to the trigger, false when it must fall to it; null for an order without a trigger price.</summary>
    public bool? FiresOnRise => Type switch
    {
        OrderType.StopLoss or OrderType.StopLossLimit => Side == Side.Buy,
        OrderType.TakeProfit or OrderType.TakeProfitLimit => Side == Side.Sell,
        OrderType.Market or OrderType.Limit or OrderType.TrailingStop => null,
    };

    /// <summary>True when a trade at this price has reached the trigger price already.</summary>
    public bool Reached(decimal trade) =>
        TriggerPrice is { } trigger && FiresOnRise is { } rise && (rise ? trade >= trigger : trade <= trigger);
}
