using System.Text;
using System.Text.Json;

namespace Lastro.Server.Backtests;

/// <summary>The trades of a report as CSV: its fields by their names, its numbers as it has them.</summary>
internal static class TradesCsv
{
    private static readonly string[] _fields = ["entryTime", "entryPrice", "exitTime", "exitPrice", "quantity", "fees", "pnl", "pnlPercent", "reason"];

    public static byte[] Of(byte[] report)
    {
        using var json = JsonDocument.Parse(report);
        var symbol = json.RootElement.GetProperty("symbol").GetString()!;
        var text = new StringBuilder("symbol,").AppendJoin(',', _fields.Select(Header)).Append('\n');
        foreach (var trade in json.RootElement.GetProperty("trades").EnumerateArray())
        {
            text.Append(trade.TryGetProperty("symbol", out var own) ? own.GetString() : symbol).Append(',');
            text.AppendJoin(',', _fields.Select(field => Value(trade.GetProperty(field)))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>entryTime is entry_time_ms: as in the files of candles.</summary>
    private static string Header(string field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.EndsWith("Time", StringComparison.Ordinal) ? field + "Ms" : field);

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
