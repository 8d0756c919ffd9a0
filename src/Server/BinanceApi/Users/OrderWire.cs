using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>Words of an execution report.</summary>
internal static class OrderWire
{
    public static string Type(OrderTold order) => order.Type switch
    {
        OrderType.Market => "MARKET",
        OrderType.Limit => order.PostOnly || order.Leg == OrderLeg.Target ? "LIMIT_MAKER" : "LIMIT",
        OrderType.StopLoss => "STOP_LOSS",
        OrderType.StopLossLimit => "STOP_LOSS_LIMIT",
        OrderType.TakeProfit => "TAKE_PROFIT",
        OrderType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",
        OrderType.TrailingStop => "STOP_LOSS",
    };

    public static string Time(OrderTold order) => order.TimeInForce switch
    {
        TimeInForce.Gtc or TimeInForce.Gtd => "GTC",
        TimeInForce.Ioc => "IOC",
        TimeInForce.Fok => "FOK",
    };

    public static string Side(OrderTold order) => order.Side == Core.Markets.Side.Buy ? "BUY" : "SELL";

    /// <summary>What became of it.</summary>
    public static string Status(OrderTold order) => order.Status switch
    {
        OrderStatus.Waiting when order.Leg is not null && order.Quantity is null && order.QuoteQuantity is null => "PENDING_NEW",
        OrderStatus.Waiting or OrderStatus.Paused or OrderStatus.Triggered or OrderStatus.New => "NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Canceled => CanceledByOwner(order) ? "CANCELED" : "EXPIRED",
        OrderStatus.Rejected or OrderStatus.Expired or OrderStatus.Failed => "EXPIRED",
    };

    public static bool CanceledByOwner(OrderTold order) => order is { Status: OrderStatus.Canceled, Reason: null };

    /// <summary>Why it expired; null when the exchange would not say.</summary>
    public static string? Expiry(OrderTold order) => order.Reason switch
    {
        "ioc" => "UNFILLED_IOC_QUANTITY_EXPIRED",
        "fok" => "UNFILLED_FOK_ORDER_EXPIRED",
        "sibling" => "OCO_TRIGGER",
        "no_liquidity" or "hold_spent" or "below_step" => "INSUFFICIENT_LIQUIDITY",
        "would_take" or "insufficient_funds" or "no_price" => "REJECTED",
        _ => "EXCHANGE_CANCELED",
    };

    public static bool IsOpen(OrderStatus status) =>
        status is OrderStatus.Waiting or OrderStatus.Paused or OrderStatus.Triggered or OrderStatus.New or OrderStatus.PartiallyFilled;

    /// <summary>Since when it has stood in the market; null when it never has.</summary>
    public static DateTimeOffset? WorkingSince(OrderTold order)
    {
        if (order.FiredAt is { } fired) return fired;
        if (order.Type is not (OrderType.Market or OrderType.Limit)) return null;
        var now = IsOpen(order.Status) ? order.Status : order.From;
        return now is OrderStatus.Waiting or OrderStatus.Paused ? null : order.CreatedAt;
    }
}
