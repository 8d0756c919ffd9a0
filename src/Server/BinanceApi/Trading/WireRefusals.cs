using Lastro.Core.Orders;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>The one table from our refusals to Binance's errors. A new code of ours does not compile until it stands here.</summary>
internal static class WireRefusals
{
    public static WireError MarketClosed { get; } = new(-1013, "Market is closed.");

    public static WireError Overloaded { get; } = new(-1008, "Server is currently overloaded with other requests. Please try again in a few minutes.", 503, 1);

    public static WireError BadCombination { get; } = new(-1014, "Unsupported order combination.");

    public static WireError Restricted { get; } = new(-2011, "Order was not canceled due to cancel restrictions.");

    public static WireError BadRelation { get; } = new(-2010, "The relationship of the prices for the orders is not correct.");

    public static WireError MayNotTrade { get; } = new(-2010, "This account may not place or cancel orders.");

    public static WireError NotNeeded(string parameter) => new(-1106, $"Parameter '{parameter}' sent when not required.");

    public static WireError OneOf(string first, string second) => new(-1102, $"Param '{first}' or '{second}' must be sent, but both were empty/null!");

    public static WireError TooPrecise(string parameter) => new(-1111, $"Parameter '{parameter}' has too much precision.");

    public static WireError Invalid(string parameter) => new(-1130, $"Data sent for parameter '{parameter}' is not valid.");

    public static WireError NotSupported(string what) => new(-1013, $"{what} are not supported for this symbol.");

    /// <summary>A placing's refusal. What depends on the terms alone has been told before, by <see cref="Of(in OrderRefusal)"/>.</summary>
    public static WireError Of(Refused refused) => refused.Code switch
    {
        ErrorCode.UnknownSymbol => WireError.InvalidSymbol,
        ErrorCode.PriceNotOnTick => WireError.Filter("PRICE_FILTER"),
        ErrorCode.QuantityNotOnStep => WireError.Filter("LOT_SIZE"),

        // The smallest quantity needs no price and was told before: this is the order's worth at the market's.
        ErrorCode.BelowMinimum => WireError.Filter("NOTIONAL"),
        ErrorCode.InsufficientFunds => WireError.InsufficientBalance,
        ErrorCode.TriggerWrongSide => WireError.WouldTrigger,
        ErrorCode.WouldTake => WireError.WouldTake,
        ErrorCode.IdempotencyMismatch => WireError.DuplicateOrder,
        ErrorCode.MarketEnded or ErrorCode.PriceStale => MarketClosed,
        ErrorCode.Busy => Overloaded,
        ErrorCode.DatabaseUnavailable => WireError.Unavailable,
        ErrorCode.NotFound => refused.Field == "accountId" ? MayNotTrade : WireError.UnknownOrder,
        ErrorCode.AlreadyFinal => WireError.UnknownOrder,
        ErrorCode.InvalidField => Invalid(refused.Field ?? ""),
        ErrorCode.VersionConflict or ErrorCode.QuotaExceeded or ErrorCode.InvalidStrategy or ErrorCode.DataMissing => Invalid(refused.Field ?? ""),
        ErrorCode.RateLimited => new WireError(-1015, "Too many new orders.", 429, refused.RetryAfterSeconds),
        ErrorCode.InProgress => Overloaded,
        ErrorCode.InvalidJson => new WireError(-1135, "Invalid JSON Request"),
        ErrorCode.Unauthenticated or ErrorCode.Forbidden => WireError.RejectedKey,
    };

    /// <summary>What is wrong with the terms by themselves, by the name of the filter that fails.</summary>
    public static WireError Of(in OrderRefusal refusal) => refusal.Fault switch
    {
        OrderFault.Missing => WireError.Missing(NameOf(refusal.Field)),
        OrderFault.NotForThisType => NotNeeded(NameOf(refusal.Field)),
        OrderFault.NotPositive => refusal.Field switch
        {
            "quantity" or "quoteQuantity" => new WireError(-1013, "Invalid quantity."),
            "trailingDelta" => WireError.Filter("TRAILING_DELTA"),
            _ => new WireError(-1013, "Invalid price."),
        },
        OrderFault.PriceNotOnTick => WireError.Filter("PRICE_FILTER"),
        OrderFault.QuantityNotOnStep or OrderFault.BelowMinQuantity => WireError.Filter("LOT_SIZE"),
        OrderFault.AboveMaxQuantity => WireError.Filter(refusal.Field == "quantity" ? "LOT_SIZE" : "NOTIONAL"),
        OrderFault.BelowMinNotional or OrderFault.TooManyDigits => WireError.Filter("NOTIONAL"),
        OrderFault.TooWide => WireError.Filter("TRAILING_DELTA"),
        OrderFault.NotAhead or OrderFault.EndsBeforeItStarts => Invalid(NameOf(refusal.Field)),
        OrderFault.TriggerReached => WireError.WouldTrigger,
        OrderFault.WouldTake => WireError.WouldTake,
    };

    private static string NameOf(string field) => field switch
    {
        "quoteQuantity" => "quoteOrderQty",
        "triggerPrice" or "activationPrice" => "stopPrice",
        _ => field,
    };
}
