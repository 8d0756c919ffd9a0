using Lastro.Core.Markets;
using Lastro.Core.Orders;

namespace Lastro.Server.Orders;

/// <summary>The words of the wire and the tables for Core's enums.</summary>
internal static class OrderWords
{
    private static readonly Dictionary<string, OrderType> Types = Enum.GetValues<OrderType>().ToDictionary(Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, OrderStatus> Statuses = Enum.GetValues<OrderStatus>().ToDictionary(Of, StringComparer.Ordinal);
    private static readonly Dictionary<string, TimeInForce> Times = Enum.GetValues<TimeInForce>().ToDictionary(Of, StringComparer.Ordinal);

    public static string AllTypes => string.Join(", ", Types.Keys);

    public static string AllTimes => string.Join(", ", Times.Keys);

    public static string AllStatuses => string.Join(", ", Statuses.Keys);

    public static string Of(Side side) => side switch { Side.Buy => "buy", Side.Sell => "sell" };

    public static string Of(HoldWhen when) => when switch { HoldWhen.Placed => "placed", HoldWhen.Fired => "fired" };

    public static string Of(TimeInForce time) => time switch
    {
        TimeInForce.Gtc => "gtc",
        TimeInForce.Ioc => "ioc",
        TimeInForce.Fok => "fok",
        TimeInForce.Gtd => "gtd",
    };

    public static string Of(OrderType type) => type switch
    {
        OrderType.Market => "market",
        OrderType.Limit => "limit",
        OrderType.StopLoss => "stopLoss",
        OrderType.StopLossLimit => "stopLossLimit",
        OrderType.TakeProfit => "takeProfit",
        OrderType.TakeProfitLimit => "takeProfitLimit",
        OrderType.TrailingStop => "trailingStop",
    };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Waiting => "waiting",
        OrderStatus.Paused => "paused",
        OrderStatus.Triggered => "triggered",
        OrderStatus.New => "new",
        OrderStatus.PartiallyFilled => "partiallyFilled",
        OrderStatus.Filled => "filled",
        OrderStatus.Canceled => "canceled",
        OrderStatus.Rejected => "rejected",
        OrderStatus.Expired => "expired",
        OrderStatus.Failed => "failed",
    };

    public static string Of(OrderLeg leg) => leg switch { OrderLeg.Entry => "entry", OrderLeg.Target => "target", OrderLeg.Stop => "stop" };

    public static Side? ToSide(string? word) => word switch { "buy" => Side.Buy, "sell" => Side.Sell, _ => null };

    public static OrderType? ToType(string? word) => word is not null && Types.TryGetValue(word, out var type) ? type : null;

    public static TimeInForce? ToTime(string? word) => word is not null && Times.TryGetValue(word, out var time) ? time : null;

    public static HoldWhen? ToHoldWhen(string? word) => word switch { "placed" => HoldWhen.Placed, "fired" => HoldWhen.Fired, _ => null };

    public static OrderStatus? ToStatus(string? word) => word is not null && Statuses.TryGetValue(word, out var status) ? status : null;

    public static OrderLeg? ToLeg(string? word) => word switch
    {
        "entry" => OrderLeg.Entry,
        "target" => OrderLeg.Target,
        "stop" => OrderLeg.Stop,
        _ => null,
    };
}
