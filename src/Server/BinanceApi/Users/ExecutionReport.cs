using System.Buffers;
using System.Security.Cryptography;
using System.Text;
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
    /// <param name="order">The change.</param>
    /// <param name="execution">A number of this change's own.</param>
    /// <param name="nowMs">Market time.</param>
    /// <param name="into">Gets them.</param>
    public static void Write(OrderTold order, long execution, long nowMs, List<byte[]> into)
    {
        var ended = !OrderWire.IsOpen(order.Status);
        if (order.Fill is { } fill)
        {
            // Fired and filled in one commit: it is told in two steps all the same.
            if (order.From == OrderStatus.Waiting && order.FilledQuantity == fill.Quantity) Add(Kind.New, 0);
            Add(Kind.Trade, 1);
            if (ended && order.Status != OrderStatus.Filled) Add(End(), 2);
        }
        else if (order.From is null)
        {
            Add(Kind.New, 0);
        }
        else if (ended)
        {
            if (OrderWire.IsOpen(order.From.Value)) Add(End(), 2);
            else if (order.From == OrderStatus.Failed) Add(Kind.Expired, 2);
        }
        else if (order.Amended)
        {
            Add(Kind.Replaced, 0);
        }
        else if (order.From is OrderStatus.Waiting or OrderStatus.Failed && order.Status is OrderStatus.Triggered or OrderStatus.New)
        {
            Add(Kind.New, 0);
        }

        Kind End() => OrderWire.Status(order) == "CANCELED" ? Kind.Canceled : Kind.Expired;
        void Add(Kind kind, int step) => into.Add(Write(order, kind, (execution * 4) + step, nowMs));
    }

    private static byte[] Write(OrderTold order, Kind kind, long execution, long nowMs)
    {
        var fill = kind == Kind.Trade ? order.Fill : null;
        var at = (fill?.Time ?? order.UpdatedAt).ToUnixTimeMilliseconds();
        var beforeFill = kind == Kind.New && order.Fill is not null;
        var working = OrderWire.WorkingSince(order);
        var status = kind switch
        {
            Kind.New => OrderWire.Status(order) == "PENDING_NEW" ? "PENDING_NEW" : "NEW",
            Kind.Trade => order.Status == OrderStatus.Filled ? "FILLED" : "PARTIALLY_FILLED",
            Kind.Replaced => OrderWire.Status(order),
            Kind.Canceled => "CANCELED",
            Kind.Expired => "EXPIRED",
        };
        var buffer = new ArrayBufferWriter<byte>(768);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("e"u8, "executionReport"u8);
        json.WriteNumber("E"u8, Math.Max(nowMs, at));
        json.WriteString("s"u8, order.Symbol);
        json.WriteString("c"u8, kind == Kind.Canceled ? CancelName(order) : order.Name);
        json.WriteString("S"u8, OrderWire.Side(order));
        json.WriteString("o"u8, OrderWire.Type(order));
        json.WriteString("f"u8, OrderWire.Time(order));
        json.WriteAmount("q", order.Quantity ?? order.FilledQuantity);
        json.WriteAmount("p", order.Price ?? 0m);
        json.WriteAmount("P", order.TriggerPrice ?? order.ActivationPrice ?? 0m);
        if (order.TrailingDelta is { } delta)
        {
            json.WriteNumber("d"u8, delta);
            if (order.Follows) json.WriteNumber("D"u8, order.CreatedAt.ToUnixTimeMilliseconds());
        }

        json.WriteString("F"u8, "0.00000000"u8);
        json.WriteNumber("g"u8, order.ListId ?? -1);
        json.WriteString("C"u8, kind == Kind.Canceled ? order.Name : "");
        json.WriteString("x"u8, Word(kind));
        json.WriteString("X"u8, status);
        json.WriteString("r"u8, "NONE"u8);
        json.WriteNumber("i"u8, order.Id);
        json.WriteAmount("l", fill?.Quantity ?? 0m);
        json.WriteAmount("z", beforeFill ? 0m : order.FilledQuantity);
        json.WriteAmount("L", fill?.Price ?? 0m);
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

        json.WriteNumber("T"u8, at);
        json.WriteNumber("t"u8, fill?.Id ?? -1);
        json.WriteNumber("I"u8, execution);
        json.WriteBoolean("w"u8, status == "PARTIALLY_FILLED" || (status == "NEW" && working is not null));
        json.WriteBoolean("m"u8, fill?.Maker ?? false);
        json.WriteBoolean("M"u8, fill is not null);
        json.WriteNumber("O"u8, order.CreatedAt.ToUnixTimeMilliseconds());
        json.WriteAmount("Z", beforeFill ? 0m : order.FilledQuote);
        json.WriteAmount("Y", fill?.QuoteQuantity ?? 0m);
        json.WriteAmount("Q", order.QuoteQuantity ?? 0m);
        if (working is { } since) json.WriteNumber("W"u8, since.ToUnixTimeMilliseconds());
        json.WriteString("V"u8, "NONE"u8);
        if (kind == Kind.Expired && OrderWire.Expiry(order) is { } why) json.WriteString("eR"u8, why);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What a cancel without a name of its own is called: the same each time it is told.</summary>
    private static string CancelName(OrderTold order) =>
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
