using System.Globalization;
using System.Text.Json;
using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Markets;

/// <summary>Recorded data read the slow and plain way, independent of the product's readers.</summary>
internal static class Recorded
{
    public const string Stream = "data/streams/binance_spot_btcusdt_20240808.txt.gz";
    public const string Minutes = "data/candles/binance_spot_1m/BTCUSDT_202407_08.csv.gz";

    public static IEnumerable<JsonElement> Messages()
    {
        foreach (var line in SharedData.Lines(Stream))
        {
            using var document = JsonDocument.Parse(line[(line.IndexOf(' ') + 1)..]);
            yield return document.RootElement.Clone();
        }
    }

    public static IEnumerable<MarketTrade> Trades() =>
        from message in Messages()
        where message.TryGetProperty("stream", out var stream) && stream.GetString()!.EndsWith("@trade", StringComparison.Ordinal)
        let data = message.GetProperty("data")
        select new MarketTrade(
            data.GetProperty("t").GetInt64(), new Price(Number(data, "p")), new Quantity(Number(data, "q")),
            data.GetProperty("T").GetInt64(), data.GetProperty("m").GetBoolean());

    public static decimal Number(JsonElement element, string name) => Number(element.GetProperty(name).GetString()!);

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static List<Candle> Candles(string relative) =>
        [.. SharedData.Lines(relative).Skip(1).Where(line => line.Length > 0).Select(Row)];

    public static void ShouldEqual(Candle actual, Candle expected)
    {
        var message = $"candle of {expected.OpenTimeMs}";
        actual.OpenTimeMs.ShouldBe(expected.OpenTimeMs);
        actual.Open.ShouldBe(expected.Open, message);
        actual.High.ShouldBe(expected.High, message);
        actual.Low.ShouldBe(expected.Low, message);
        actual.Close.ShouldBe(expected.Close, message);
        actual.Volume.ShouldBe(expected.Volume, message);
    }

    private static Candle Row(string line)
    {
        var cells = line.Split(',');
        return new Candle
        {
            OpenTimeMs = long.Parse(cells[0], CultureInfo.InvariantCulture),
            Open = new Price(Number(cells[1])),
            High = new Price(Number(cells[2])),
            Low = new Price(Number(cells[3])),
            Close = new Price(Number(cells[4])),
            Volume = new Quantity(Number(cells[5])),
        };
    }
}
