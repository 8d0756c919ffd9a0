using Lastro.Core;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Orders;

/// <summary>The refusals of Core and of the lanes, in the words of the API.</summary>
internal static class OrderRefusals
{
    public static Refused Of(OrderRefusal refusal) => new(
        Code(refusal.Fault), refusal.Field, Plain(refusal.Value), Plain(refusal.Limit), Detail(refusal.Fault));

    public static Refused? Of(MarketGate gate, string symbol) => gate switch
    {
        MarketGate.Tradable => null,
        MarketGate.Stale => new Refused(ErrorCode.PriceStale, "symbol", symbol, Detail: "There is no fresh price of this pair.", RetryAfterSeconds: 2),
        MarketGate.Halted => new Refused(ErrorCode.PriceStale, "symbol", symbol, Detail: "The exchange has halted this pair.", RetryAfterSeconds: 60),
        MarketGate.Ended => new Refused(ErrorCode.MarketEnded, "symbol", symbol, Detail: "The recorded market is over."),
        MarketGate.UnknownSymbol => new Refused(ErrorCode.UnknownSymbol, "symbol", symbol),
    };

    public static Refused NoFunds(Money needed, decimal available) => new(
        ErrorCode.InsufficientFunds, "quantity", Decimals.ToPlain(needed.Amount), Decimals.ToPlain(available), $"The order would hold {needed}.");

    /// <summary>Only Binance's wire has such names: nothing else of it is refused with this code.</summary>
    public static Refused WireIdInUse(string name) =>
        new(ErrorCode.IdempotencyMismatch, "newClientOrderId", name, Detail: "An open order has this name.");

    public static Refused Busy(string detail) => new(ErrorCode.Busy, Detail: detail, RetryAfterSeconds: 1);

    private static ErrorCode Code(OrderFault fault) => fault switch
    {
        OrderFault.Missing or OrderFault.NotForThisType or OrderFault.NotPositive or OrderFault.AboveMaxQuantity or OrderFault.TooManyDigits
            or OrderFault.TooWide or OrderFault.NotAhead or OrderFault.EndsBeforeItStarts => ErrorCode.InvalidField,
        OrderFault.PriceNotOnTick => ErrorCode.PriceNotOnTick,
        OrderFault.QuantityNotOnStep => ErrorCode.QuantityNotOnStep,
        OrderFault.BelowMinQuantity or OrderFault.BelowMinNotional => ErrorCode.BelowMinimum,
        OrderFault.TriggerReached => ErrorCode.TriggerWrongSide,
        OrderFault.WouldTake => ErrorCode.WouldTake,
    };

    private static string Detail(OrderFault fault) => fault switch
    {
        OrderFault.Missing => "This type of order needs the field.",
        OrderFault.NotForThisType => "The field does not go with this type of order or with the other amount.",
        OrderFault.NotPositive => "The value must be above zero.",
        OrderFault.PriceNotOnTick => "The price must be a multiple of the limit.",
        OrderFault.QuantityNotOnStep => "The quantity must be a multiple of the limit.",
        OrderFault.BelowMinQuantity => "The quantity is below the pair's smallest.",
        OrderFault.AboveMaxQuantity => "The amount is above the pair's largest.",
        OrderFault.BelowMinNotional => "The order's worth is below the pair's smallest.",
        OrderFault.TooManyDigits => "The amount has more digits than the ledger holds.",
        OrderFault.TooWide => "The distance is wider than the limit, in basis points.",
        OrderFault.NotAhead => "The time must lie ahead, by the market's clock.",
        OrderFault.EndsBeforeItStarts => "The order would expire before it starts.",
        OrderFault.TriggerReached => "The last trade, given as the limit, has reached this price already.",
        OrderFault.WouldTake => "A post-only order may not take from the book.",
    };

    private static string? Plain(decimal? value) => value is { } known ? Decimals.ToPlain(known) : null;
}
