using System.Globalization;
using System.Text.Json;

namespace Lastro.Exchanges.Tests.Binance.Loopback;

/// <summary>Answers of the REST API that do not depend on the playback.</summary>
internal static class RestSamples
{
    public const string Candles = "data/candles/binance_spot_1m/BTCUSDT_202407_08.csv.gz";

    private static readonly Lazy<(long Open, string[] Fields)[]> Rows = new(() =>
        [.. SharedData.Lines(Candles).Skip(1).Select(line => line.Split(',')).Select(row => (long.Parse(row[0], CultureInfo.InvariantCulture), row))]);

    /// <summary>exchangeInfo as the fixtures have it.</summary>
    public static string ExchangeInfo { get; } = ReadExchangeInfo();

    public static string Tickers => "[]";

    /// <summary>Rows of the official candles of the month: open time, open, high, low, close, volume.</summary>
    public static IReadOnlyList<(long Open, string[] Fields)> Minutes => Rows.Value;

    /// <summary>As Binance: from startTime on when given, else the newest up to endTime. The last row of the file counts as running.</summary>
    public static string? Klines(string? symbol, string? interval, string? startTime, string? endTime, int limit)
    {
        if (symbol != "BTCUSDT" || interval != "1m")
            return null;
        var end = long.TryParse(endTime, CultureInfo.InvariantCulture, out var until) ? until : long.MaxValue;
        var inside = Rows.Value.Where(row => row.Open <= end);
        var chosen = long.TryParse(startTime, CultureInfo.InvariantCulture, out var start)
            ? inside.Where(row => row.Open >= start).Take(limit)
            : inside.TakeLast(limit);
        return "[" + string.Join(',', chosen.Select(row =>
            $"[{row.Open},\"{row.Fields[1]}\",\"{row.Fields[2]}\",\"{row.Fields[3]}\",\"{row.Fields[4]}\",\"{row.Fields[5]}\",{row.Open + 59_999},\"0\",0,\"0\",\"0\",\"0\"]")) + "]";
    }

    private static string ReadExchangeInfo()
    {
        using var fixture = JsonDocument.Parse(File.ReadAllText(SharedData.Path("fixtures/exchanges/markets/binance.json")));
        return fixture.RootElement.GetProperty("raw").GetProperty("GET /api/v3/exchangeInfo").GetRawText();
    }
}
