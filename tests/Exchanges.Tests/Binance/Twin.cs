using System.Globalization;
using System.Text;
using System.Text.Json;
using Lastro.Exchanges.Binance;

namespace Lastro.Exchanges.Tests.Binance;

/// <summary>What a message means, told by System.Text.Json as plainly as possible: the oracle for the fast reader.</summary>
internal static class Twin
{
    /// <summary>Every value in a fixed order, amounts without the zeros at their end; null when it is not a sound message.</summary>
    public static string? Describe(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray());
            var root = document.RootElement;
            var data = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out var inner) ? inner : root;
            return data.TryGetProperty("e", out var type)
                ? type.GetString() == "trade" ? Trade(data) : Change(data)
                : data.TryGetProperty("lastUpdateId", out _) ? Snapshot(data) : Top(data);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The same words from what our reader understood.</summary>
    public static string? Describe(MessageKind kind, BinanceMessages read) => kind switch
    {
        MessageKind.Trade => $"trade {read.Symbol} {read.Trade.Id} {read.Trade.Price} {read.Trade.Quantity} {read.Trade.TimeMs} {read.Trade.BuyerIsMaker}",
        MessageKind.BookTop => $"top {read.Symbol} {read.Top.UpdateId} {read.Top.Bid} {read.Top.BidQuantity} {read.Top.Ask} {read.Top.AskQuantity}",
        MessageKind.DepthChange => $"change {read.Symbol} {read.Depth!.FirstUpdateId} {read.Depth.FinalUpdateId} {read.Depth.TimeMs} "
            + $"{string.Join(' ', read.Depth.Bids.Select(l => $"{l.Price}@{l.Quantity}"))} | {string.Join(' ', read.Depth.Asks.Select(l => $"{l.Price}@{l.Quantity}"))}",
        MessageKind.DepthSnapshot => $"snapshot {read.Depth!.FinalUpdateId} "
            + $"{string.Join(' ', read.Depth.Bids.Select(l => $"{l.Price}@{l.Quantity}"))} | {string.Join(' ', read.Depth.Asks.Select(l => $"{l.Price}@{l.Quantity}"))}",
        _ => null,
    };

    private static string Trade(JsonElement m) =>
        $"trade {m.GetProperty("s").GetString()!.ToUpperInvariant()} {m.GetProperty("t").GetInt64()} {Amount(m, "p")} {Amount(m, "q")} {m.GetProperty("T").GetInt64()} {m.GetProperty("m").GetBoolean()}";

    private static string Top(JsonElement m) =>
        $"top {m.GetProperty("s").GetString()!.ToUpperInvariant()} {m.GetProperty("u").GetInt64()} {Amount(m, "b")} {Amount(m, "B")} {Amount(m, "a")} {Amount(m, "A")}";

    private static string Change(JsonElement m) =>
        $"change {m.GetProperty("s").GetString()!.ToUpperInvariant()} {m.GetProperty("U").GetInt64()} {m.GetProperty("u").GetInt64()} {m.GetProperty("E").GetInt64()} "
        + $"{Levels(m.GetProperty("b"))} | {Levels(m.GetProperty("a"))}";

    private static string Snapshot(JsonElement m) =>
        $"snapshot {m.GetProperty("lastUpdateId").GetInt64()} {Levels(m.GetProperty("bids"))} | {Levels(m.GetProperty("asks"))}";

    private static string Levels(JsonElement array)
    {
        var text = new StringBuilder();
        foreach (var level in array.EnumerateArray())
            text.Append(text.Length == 0 ? "" : " ").Append(Plain(level[0].GetString()!)).Append('@').Append(Plain(level[1].GetString()!));
        return text.ToString();
    }

    private static string Amount(JsonElement m, string name) => Plain(m.GetProperty(name).GetString()!);

    /// <summary>By string, so that it shares nothing with the reader's arithmetic.</summary>
    private static string Plain(string digits)
    {
        decimal.Parse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var negative = digits.StartsWith('-');
        var shorter = digits.TrimStart('-').TrimStart('0');
        shorter = shorter.Contains('.', StringComparison.Ordinal) ? shorter.TrimEnd('0').TrimEnd('.') : shorter;
        shorter = shorter.Length == 0 || shorter[0] == '.' ? "0" + shorter : shorter;
        return negative && shorter != "0" ? "-" + shorter : shorter;
    }
}
