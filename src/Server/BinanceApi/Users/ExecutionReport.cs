using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lastro.Core.Orders;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>
/// Order changes as Binance tells them (user-data-stream.md, "Order Update"): NEW when an order comes and again when it fires, TRADE for every
/// fill, CANCELED, REPLACED, EXPIRED for all that ends otherwise.
/// </summary>
internal static class ExecutionReport
{
    /// <summary>What kinds of report one change has.</summary>
    private enum Kind
    {
        New,
        Trade,
        Canceled,
        Replaced,
        Expired,
    }

    /// <summary>The reports of one change, in order; none when the wire has no word for it.</summary>
    /// <param name="told">The change.</param>
    /// <param name="execution">A number of this change's own.</param>
    /// <param name="nowMs">Market time.</param>
    /// <param name="into">Gets them.</param>
    public static void Write(OrderTold told, long execution, long nowMs, List<byte[]> into)
    {
        var order = told.Order;
        if (told.Fill is { } fill)
        {
            // Fired and filled in one commit: it is told in two steps all the same.
            if (told.From == OrderStatus.Waiting && order.Filled == fill.Quantity) Add(Kind.New, 0);
            Add(Kind.Trade, 1);
            if (!order.IsOpen && order.Status != OrderStatus.Filled) Add(End(), 2);
        }
        else if (told.From is not { } from)
        {
            Add(Kind.New, 0);
        }
        else if (!order.IsOpen)
        {
            if (OrderStates.IsOpen(from)) Add(End(), 2);
        }
        else if (told.Amended)
        {
            Add(Kind.Replaced, 0);
        }
        else if (from is OrderStatus.Waiting or OrderStatus.Failed && order.Status is OrderStatus.Triggered or OrderStatus.New)
        {
            Add(Kind.New, 0);
        }

        Kind End() => WireWords.Status(order) == "CANCELED" ? Kind.Canceled : Kind.Expired;
        void Add(Kind kind, int step) => into.Add(Write(told, kind, (execution * 4) + step, nowMs));
    }

    private static byte[] Write(OrderTold told, Kind kind, long execution, long nowMs)
    {
        var order = told.Order;
        var fill = kind == Kind.Trade ? told.Fill : null;
        var at = (fill?.Time ?? order.UpdatedAt).ToUnixTimeMilliseconds();
        var unfilled = kind == Kind.New && told.Fill is not null;
        var status = Status(order, kind);
        var working = WorkingMs(told);
        var buffer = new ArrayBufferWriter<byte>(768);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("e"u8, "executionReport"u8);
        json.WriteNumber("E"u8, Math.Max(nowMs, at));
        json.WriteString("s"u8, order.Symbol);
        json.WriteString("c"u8, kind == Kind.Canceled ? told.CancelName ?? CancelName(order) : order.Name);
        json.WriteString("S"u8, WireWords.Side(order.Terms.Side));
        json.WriteString("o"u8, WireWords.Type(order));
        json.WriteString("f"u8, WireWords.Time(order.Terms.TimeInForce));
        json.WriteAmount("q", WireWords.Quantity(order));
        json.WriteAmount("p", order.Terms.Price ?? 0m);
        json.WriteAmount("P", WireWords.StopPrice(order));
        if (order.Terms.TrailingDelta is { } delta) WriteTrailing(json, told, delta);
        json.WriteString("F"u8, "0.00000000"u8);
        json.WriteNumber("g"u8, order.ListId ?? -1);
        json.WriteString("C"u8, kind == Kind.Canceled ? order.Name : kind == Kind.Replaced ? told.NameBefore ?? "" : "");
        json.WriteString("x"u8, Word(kind));
        json.WriteString("X"u8, status);
        json.WriteString("r"u8, "NONE"u8);
        json.WriteNumber("i"u8, order.Id);
        json.WriteAmount("l", fill?.Quantity ?? 0m);
        json.WriteAmount("z", unfilled ? 0m : order.Filled);
        json.WriteAmount("L", fill?.Price ?? 0m);
        WriteFee(json, fill);
        json.WriteNumber("T"u8, at);
        json.WriteNumber("t"u8, fill?.Id ?? -1);
        json.WriteNumber("I"u8, execution);
        json.WriteBoolean("w"u8, status == "PARTIALLY_FILLED" || (status == "NEW" && working >= 0));
        json.WriteBoolean("m"u8, fill?.Maker ?? false);
        json.WriteBoolean("M"u8, fill is not null);
        json.WriteNumber("O"u8, order.CreatedAt.ToUnixTimeMilliseconds());
        json.WriteAmount("Z", unfilled ? 0m : order.FilledQuote);
        json.WriteAmount("Y", fill?.QuoteQuantity ?? 0m);
        json.WriteAmount("Q", order.Terms.QuoteQuantity ?? 0m);
        if (order.Tags?.StrategyId is { } strategy) json.WriteNumber("j"u8, strategy);
        if (order.Tags?.StrategyType is { } strategyType) json.WriteNumber("J"u8, strategyType);
        if (working >= 0) json.WriteNumber("W"u8, working);
        json.WriteString("V"u8, WireWords.NoPrevention);
        if (kind == Kind.Expired && WireWords.ExpiryReason(order) is { } why) json.WriteString("eR"u8, why);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string Status(OrderFacts order, Kind kind) => kind switch
    {
        Kind.New => WireWords.Status(order) == "PENDING_NEW" ? "PENDING_NEW" : "NEW",
        Kind.Trade => order.Status == OrderStatus.Filled ? "FILLED" : "PARTIALLY_FILLED",
        Kind.Replaced => WireWords.Status(order),
        Kind.Canceled or Kind.Expired => Word(kind),
    };

    /// <summary>One that never began to wait for the market has not worked, also when it has ended since.</summary>
    private static long WorkingMs(OrderTold told) =>
        !told.Order.IsOpen && told.Order.FiredAt is null && told.From is OrderStatus.Waiting or OrderStatus.Paused ? -1 : WireWords.WorkingMs(told.Order);

    private static void WriteTrailing(Utf8JsonWriter json, OrderTold told, int delta)
    {
        json.WriteNumber("d"u8, delta);

        // It follows from its placing on; when it reached an activation price is not stored.
        if (told.Follows && told.Order.Terms.ActivationPrice is null) json.WriteNumber("D"u8, told.Order.CreatedAt.ToUnixTimeMilliseconds());
    }

    private static void WriteFee(Utf8JsonWriter json, FillFacts? fill)
    {
        if (fill is null)
        {
            json.WriteString("n"u8, "0"u8);
            json.WriteNull("N"u8);
        }
        else
        {
            json.WriteAmount("n", fill.Fee);
            json.WriteString("N"u8, fill.FeeAsset);
        }
    }

    /// <summary>What a cancel without a name of its own is called: the same each time it is told, and for all of a list.</summary>
    private static string CancelName(OrderFacts order) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"cancel {order.ListId ?? order.Id}")))[..22];

    private static string Word(Kind kind) => kind switch
    {
        Kind.New => "NEW",
        Kind.Trade => "TRADE",
        Kind.Canceled => "CANCELED",
        Kind.Replaced => "REPLACED",
        Kind.Expired => "EXPIRED",
    };
}
