using Lastro.Core.Markets;
using Lastro.Core.Orders;

namespace Lastro.Server.Orders;

/// <summary>The words of the wire and the tables for Core's enums.</summary>
internal static class OrderWords
{
    public static string Of(Side side) => side switch { Side.Buy => "buy", Side.Sell => "sell" };

    public static string Of(OrderType type) => type switch { OrderType.Market => "market", OrderType.Limit => "limit" };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.New => "new",
        OrderStatus.PartiallyFilled => "partiallyFilled",
        OrderStatus.Filled => "filled",
        OrderStatus.Canceled => "canceled",
        OrderStatus.Rejected => "rejected",
    };

    public static Side? ToSide(string? word) => word switch { "buy" => Side.Buy, "sell" => Side.Sell, _ => null };

    public static OrderType? ToType(string? word) => word switch { "market" => OrderType.Market, "limit" => OrderType.Limit, _ => null };

    public static OrderStatus ToStatus(string word) => word switch
    {
        "new" => OrderStatus.New,
        "partiallyFilled" => OrderStatus.PartiallyFilled,
        "filled" => OrderStatus.Filled,
        "canceled" => OrderStatus.Canceled,
        "rejected" => OrderStatus.Rejected,
        _ => throw new InvalidOperationException($"The orders table holds the status '{word}'."),
    };
}
