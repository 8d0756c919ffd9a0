using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Orders;
using Lastro.Server.Wallets;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>The other events of Binance's user data stream (user-data-stream.md): balances, and lists of orders.</summary>
internal static class AccountEvent
{
    /// <summary><c>outboundAccountPosition</c>: what an account has now of the assets that may have changed.</summary>
    public static byte[] Position(BalanceSheet sheet, IReadOnlyList<string> assets, long changedMs, long nowMs)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("e"u8, "outboundAccountPosition"u8);
        json.WriteNumber("E"u8, Math.Max(nowMs, changedMs));
        json.WriteNumber("u"u8, changedMs);
        json.WriteStartArray("B"u8);
        foreach (var asset in assets)
        {
            var line = sheet[asset];
            json.WriteStartObject();
            json.WriteString("a"u8, asset);
            json.WriteAmount("f", line.Available);
            json.WriteAmount("l", line.Held);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary><c>balanceUpdate</c>: money that came or went otherwise than by an order.</summary>
    public static byte[] Moved(BalanceMove move, long atMs, long nowMs)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("e"u8, "balanceUpdate"u8);
        json.WriteNumber("E"u8, Math.Max(nowMs, atMs));
        json.WriteString("a"u8, move.Asset);
        json.WriteAmount("d", move.Amount);
        json.WriteNumber("T"u8, atMs);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary><c>listStatus</c>: a list of orders has begun, an order of it is called otherwise, or it is done.</summary>
    public static byte[] List(OrderTold told, long nowMs)
    {
        var order = told.Order;
        var at = order.UpdatedAt.ToUnixTimeMilliseconds();
        var done = IsDone(told);
        var buffer = new ArrayBufferWriter<byte>(384);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("e"u8, "listStatus"u8);
        json.WriteNumber("E"u8, Math.Max(nowMs, at));
        json.WriteString("s"u8, order.Symbol);
        json.WriteNumber("g"u8, order.ListId ?? -1);
        json.WriteString("c"u8, told.List.Count > 2 ? "OTO"u8 : "OCO"u8);
        json.WriteString("l"u8, done ? "ALL_DONE"u8 : told.Amended ? "UPDATED"u8 : "EXEC_STARTED"u8);
        json.WriteString("L"u8, done ? "ALL_DONE"u8 : "EXECUTING"u8);
        json.WriteString("r"u8, "NONE"u8);
        json.WriteString("C"u8, order.ListName);
        json.WriteNumber("T"u8, at);
        json.WriteStartArray("O"u8);
        foreach (var member in told.List)
        {
            json.WriteStartObject();
            json.WriteString("s"u8, order.Symbol);
            json.WriteNumber("i"u8, member.Id);
            json.WriteString("c"u8, member.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>No order of the list is open any more.</summary>
    public static bool IsDone(OrderTold told)
    {
        foreach (var member in told.List)
        {
            if (member.Open) return false;
        }

        return true;
    }
}
