using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>Binance's words for orders.</summary>
internal static class WireWords
{
    /// <summary>No order of ours prevents a trade with another of its owner.</summary>
    public const string NoPrevention = "NONE";

    public static string Side(Side side) => side switch { Core.Markets.Side.Buy => "BUY", Core.Markets.Side.Sell => "SELL" };

    public static Side? ToSide(string? word) => word switch { "BUY" => Core.Markets.Side.Buy, "SELL" => Core.Markets.Side.Sell, _ => null };

    /// <summary>A good-till-date order is told as GTC: spot has no word for it.</summary>
    public static string Time(TimeInForce time) => time switch
    {
        TimeInForce.Gtc or TimeInForce.Gtd => "GTC",
        TimeInForce.Ioc => "IOC",
        TimeInForce.Fok => "FOK",
    };

    public static TimeInForce? ToTime(string? word) => word switch
    {
        "GTC" => TimeInForce.Gtc,
        "IOC" => TimeInForce.Ioc,
        "FOK" => TimeInForce.Fok,
        _ => null,
    };

    public static string Type(OrderFacts order) => order.Tags?.Type ?? order.Terms.Type switch
    {
        OrderType.Market => "MARKET",
        OrderType.Limit => order.Terms.PostOnly || order.Leg == OrderLeg.Target ? "LIMIT_MAKER" : "LIMIT",
        OrderType.StopLoss => "STOP_LOSS",
        OrderType.StopLossLimit => "STOP_LOSS_LIMIT",
        OrderType.TakeProfit => "TAKE_PROFIT",
        OrderType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",

        // The activation price lies where a take-profit's trigger would.
        OrderType.TrailingStop => order.Terms.ActivationPrice is null ? "STOP_LOSS" : "TAKE_PROFIT",
    };

    /// <summary>
    /// NEW also for what waits, has just fired or is paused; EXPIRED for what ended by its own rules or by the other of its list. What is
    /// refused never becomes an order, so nothing is REJECTED.
    /// </summary>
    public static string Status(OrderFacts order) => order.Status switch
    {
        OrderStatus.Waiting or OrderStatus.Paused => order.IsDormant ? "PENDING_NEW" : "NEW",
        OrderStatus.Triggered or OrderStatus.New => "NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Canceled => order.Reason is null || (order.Reason == "sibling" && !order.SiblingActed) ? "CANCELED" : "EXPIRED",
        OrderStatus.Rejected or OrderStatus.Expired or OrderStatus.Failed => "EXPIRED",
    };

    /// <summary>Why it expired; null for an order that did not.</summary>
    public static string? ExpiryReason(OrderFacts order) => Status(order) != "EXPIRED" ? null : order.Reason switch
    {
        "ioc" => "UNFILLED_IOC_QUANTITY_EXPIRED",
        "fok" => "UNFILLED_FOK_ORDER_EXPIRED",
        "sibling" => "OCO_TRIGGER",
        "no_liquidity" or "hold_spent" or "below_step" => "INSUFFICIENT_LIQUIDITY",
        "would_take" or "insufficient_funds" or "no_price" => "REJECTED",
        _ => "EXCHANGE_CANCELED",
    };

    /// <summary>True when it is, or ended, in the book: a trigger has fired, a start has come.</summary>
    public static bool IsWorking(OrderFacts order) => WorkingMs(order) >= 0;

    /// <summary>Since when it has worked, Unix milliseconds; -1 for one that has not.</summary>
    public static long WorkingMs(OrderFacts order)
    {
        if (order.FiredAt is { } fired) return fired.ToUnixTimeMilliseconds();
        var waits = order.Terms.Waits || order.IsDormant || order.Status is OrderStatus.Waiting or OrderStatus.Paused;
        return waits ? -1 : order.CreatedAt.ToUnixTimeMilliseconds();
    }

    /// <summary>The trigger price, or a trailing stop's activation price; 0 for none.</summary>
    public static decimal StopPrice(OrderFacts order) => order.Terms.TriggerPrice ?? order.Terms.ActivationPrice ?? 0m;

    /// <summary>True for the types that have a stop price in every answer.</summary>
    public static bool HasStop(OrderFacts order) => order.Terms.IsConditional;

    /// <summary>Base units wanted; what was filled, of an order by quote amount.</summary>
    public static decimal Quantity(OrderFacts order) => order.Terms.Quantity ?? order.Filled;
}
