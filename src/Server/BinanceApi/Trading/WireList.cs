using System.Text.Json;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>Lists of orders as Binance's wire writes them.</summary>
internal static class WireList
{
    /// <summary>A list as a query tells it.</summary>
    public static void WriteQueried(Utf8JsonWriter output, IReadOnlyList<OrderFacts> orders)
    {
        output.WriteStartObject();
        WriteHead(output, orders);
        output.WriteEndObject();
    }

    /// <summary>The answer to the placing of a list.</summary>
    public static void WritePlaced(Utf8JsonWriter output, IReadOnlyList<OrderFacts> orders, AnswerKind kind)
    {
        output.WriteStartObject();
        WriteHead(output, orders);
        output.WriteStartArray("orderReports");
        foreach (var order in InOrder(orders)) WireOrder.WritePlaced(output, order, [], kind);
        output.WriteEndArray();
        output.WriteEndObject();
    }

    /// <summary>The answer to a cancel of a list, or of one of its orders.</summary>
    public static void WriteCanceled(Utf8JsonWriter output, IReadOnlyList<OrderFacts> orders, string cancel)
    {
        output.WriteStartObject();
        WriteHead(output, orders);
        output.WriteStartArray("orderReports");
        foreach (var order in InOrder(orders)) WireOrder.WriteCanceled(output, order, cancel);
        output.WriteEndArray();
        output.WriteEndObject();
    }

    /// <summary>What the list is: OCO for two exits, OTO for an entry with its exits.</summary>
    public static string Contingency(IReadOnlyList<OrderFacts> orders)
    {
        foreach (var order in orders)
        {
            if (order.Leg == Core.Orders.OrderLeg.Entry) return "OTO";
        }

        return "OCO";
    }

    /// <summary>True while anything of it can still happen.</summary>
    public static bool IsOpen(IReadOnlyList<OrderFacts> orders)
    {
        foreach (var order in orders)
        {
            if (order.IsOpen) return true;
        }

        return false;
    }

    private static void WriteHead(Utf8JsonWriter output, IReadOnlyList<OrderFacts> orders)
    {
        var open = IsOpen(orders);
        var time = orders[0].UpdatedAt;
        foreach (var order in orders)
        {
            if (order.UpdatedAt > time) time = order.UpdatedAt;
        }

        output.WriteNumber("orderListId", orders[0].ListId!.Value);
        output.WriteString("contingencyType", Contingency(orders));
        output.WriteString("listStatusType", open ? "EXEC_STARTED" : "ALL_DONE");
        output.WriteString("listOrderStatus", open ? "EXECUTING" : "ALL_DONE");
        output.WriteString("listClientOrderId", orders[0].ListName);
        output.WriteNumber("transactionTime", time.ToUnixTimeMilliseconds());
        output.WriteString("symbol", orders[0].Symbol);
        output.WriteStartArray("orders");
        foreach (var order in InOrder(orders))
        {
            output.WriteStartObject();
            output.WriteString("symbol", order.Symbol);
            output.WriteNumber("orderId", order.Id);
            output.WriteString("clientOrderId", order.Name);
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    private static IEnumerable<OrderFacts> InOrder(IReadOnlyList<OrderFacts> orders) => orders.OrderBy(order => order.Id);
}
