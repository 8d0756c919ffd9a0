using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>How much a placing is answered with.</summary>
internal enum AnswerKind
{
    Ack,
    Result,
    Full,
}

/// <summary>Orders as Binance's wire writes them. Fields that go with a type or a request stand where Binance has them.</summary>
internal static class WireOrder
{
    private static readonly JsonEncodedText Zero = JsonEncodedText.Encode("0.00000000");

    /// <summary>The answer to a placing.</summary>
    public static void WritePlaced(Utf8JsonWriter output, OrderFacts order, IReadOnlyList<FillFacts> fills, AnswerKind kind)
    {
        output.WriteStartObject();
        WriteHead(output, order);
        output.WriteString("clientOrderId", order.Name);
        output.WriteNumber("transactTime", order.UpdatedAt.ToUnixTimeMilliseconds());
        if (kind != AnswerKind.Ack)
        {
            WriteState(output, order);
            WriteConditional(output, order);
            output.WriteNumber("workingTime", WireWords.WorkingMs(order));
            if (kind == AnswerKind.Full) WriteFills(output, fills);
            output.WriteString("selfTradePreventionMode", WireWords.NoPrevention);
            WriteExpiry(output, order);
        }

        output.WriteEndObject();
    }

    /// <summary>The answer to a cancel.</summary>
    /// <param name="output">Gets one object.</param>
    /// <param name="order">As it ended.</param>
    /// <param name="cancel">What the cancel is called.</param>
    public static void WriteCanceled(Utf8JsonWriter output, OrderFacts order, string cancel)
    {
        output.WriteStartObject();
        output.WriteString("symbol", order.Symbol);
        output.WriteString("origClientOrderId", order.Name);
        output.WriteNumber("orderId", order.Id);
        output.WriteNumber("orderListId", order.ListId ?? -1);
        output.WriteString("clientOrderId", cancel);
        output.WriteNumber("transactTime", order.UpdatedAt.ToUnixTimeMilliseconds());
        WriteState(output, order);
        WriteConditional(output, order);
        output.WriteString("selfTradePreventionMode", WireWords.NoPrevention);
        WriteExpiry(output, order);
        output.WriteEndObject();
    }

    /// <summary>An order as a query tells it.</summary>
    public static void WriteQueried(Utf8JsonWriter output, OrderFacts order)
    {
        output.WriteStartObject();
        WriteHead(output, order);
        output.WriteString("clientOrderId", order.Name);
        output.WriteAmount("price", order.Terms.Price ?? 0m);
        output.WriteAmount("origQty", WireWords.Quantity(order));
        output.WriteAmount("executedQty", order.Filled);
        output.WriteAmount("cummulativeQuoteQty", order.FilledQuote);
        output.WriteString("status", WireWords.Status(order));
        output.WriteString("timeInForce", WireWords.Time(order.Terms.TimeInForce));
        output.WriteString("type", WireWords.Type(order));
        output.WriteString("side", WireWords.Side(order.Terms.Side));
        output.WriteAmount("stopPrice", WireWords.StopPrice(order));
        WriteTrailing(output, order);
        output.WriteString("icebergQty", Zero);
        output.WriteNumber("time", order.CreatedAt.ToUnixTimeMilliseconds());
        output.WriteNumber("updateTime", order.UpdatedAt.ToUnixTimeMilliseconds());
        output.WriteBoolean("isWorking", WireWords.IsWorking(order));
        output.WriteNumber("workingTime", WireWords.WorkingMs(order));
        output.WriteAmount("origQuoteOrderQty", order.Terms.QuoteQuantity ?? 0m);
        WriteStrategy(output, order);
        output.WriteString("selfTradePreventionMode", WireWords.NoPrevention);
        WriteExpiry(output, order);
        output.WriteEndObject();
    }

    public static void WriteQueried(Utf8JsonWriter output, IReadOnlyList<OrderFacts> orders)
    {
        output.WriteStartArray();
        foreach (var order in orders) WriteQueried(output, order);
        output.WriteEndArray();
    }

    /// <summary>The answer to an amendment.</summary>
    /// <param name="output">Gets one object.</param>
    /// <param name="order">As it stands now.</param>
    /// <param name="before">What it was called.</param>
    public static void WriteAmended(Utf8JsonWriter output, OrderFacts order, string before)
    {
        output.WriteStartObject();
        output.WriteNumber("transactTime", order.UpdatedAt.ToUnixTimeMilliseconds());
        output.WriteNumber("executionId", order.Id);
        output.WriteStartObject("amendedOrder");
        WriteHead(output, order);
        output.WriteString("origClientOrderId", before);
        output.WriteString("clientOrderId", order.Name);
        output.WriteAmount("price", order.Terms.Price ?? 0m);
        output.WriteAmount("qty", WireWords.Quantity(order));
        output.WriteAmount("executedQty", order.Filled);
        output.WriteString("preventedQty", Zero);
        output.WriteAmount("quoteOrderQty", order.Terms.QuoteQuantity ?? 0m);
        output.WriteAmount("cumulativeQuoteQty", order.FilledQuote);
        output.WriteString("status", WireWords.Status(order));
        output.WriteString("timeInForce", WireWords.Time(order.Terms.TimeInForce));
        output.WriteString("type", WireWords.Type(order));
        output.WriteString("side", WireWords.Side(order.Terms.Side));
        WriteConditional(output, order);
        output.WriteNumber("workingTime", WireWords.WorkingMs(order));
        output.WriteString("selfTradePreventionMode", WireWords.NoPrevention);
        output.WriteEndObject();
        output.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter output, OrderFacts order)
    {
        output.WriteString("symbol", order.Symbol);
        output.WriteNumber("orderId", order.Id);
        output.WriteNumber("orderListId", order.ListId ?? -1);
    }

    private static void WriteState(Utf8JsonWriter output, OrderFacts order)
    {
        output.WriteAmount("price", order.Terms.Price ?? 0m);
        output.WriteAmount("origQty", WireWords.Quantity(order));
        output.WriteAmount("executedQty", order.Filled);
        output.WriteAmount("origQuoteOrderQty", order.Terms.QuoteQuantity ?? 0m);
        output.WriteAmount("cummulativeQuoteQty", order.FilledQuote);
        output.WriteString("status", WireWords.Status(order));
        output.WriteString("timeInForce", WireWords.Time(order.Terms.TimeInForce));
        output.WriteString("type", WireWords.Type(order));
        output.WriteString("side", WireWords.Side(order.Terms.Side));
    }

    private static void WriteConditional(Utf8JsonWriter output, OrderFacts order)
    {
        if (WireWords.HasStop(order)) output.WriteAmount("stopPrice", WireWords.StopPrice(order));
        WriteTrailing(output, order);
        WriteStrategy(output, order);
    }

    private static void WriteTrailing(Utf8JsonWriter output, OrderFacts order)
    {
        if (order.Terms.TrailingDelta is not { } delta) return;
        output.WriteNumber("trailingDelta", delta);

        // It follows from its placing on; when it reached an activation price is not stored.
        output.WriteNumber("trailingTime", order.Terms.ActivationPrice is null ? order.CreatedAt.ToUnixTimeMilliseconds() : -1);
    }

    private static void WriteStrategy(Utf8JsonWriter output, OrderFacts order)
    {
        if (order.Tags?.StrategyId is { } id) output.WriteNumber("strategyId", id);
        if (order.Tags?.StrategyType is { } type) output.WriteNumber("strategyType", type);
    }

    private static void WriteFills(Utf8JsonWriter output, IReadOnlyList<FillFacts> fills)
    {
        output.WriteStartArray("fills");
        foreach (var fill in fills)
        {
            output.WriteStartObject();
            output.WriteAmount("price", fill.Price);
            output.WriteAmount("qty", fill.Quantity);
            output.WriteAmount("commission", fill.Fee);
            output.WriteString("commissionAsset", fill.FeeAsset);
            output.WriteNumber("tradeId", fill.Id);
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    private static void WriteExpiry(Utf8JsonWriter output, OrderFacts order)
    {
        if (WireWords.ExpiryReason(order) is { } reason) output.WriteString("expiryReason", reason);
    }
}
