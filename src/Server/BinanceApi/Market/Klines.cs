using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Candles, oldest first, the running one included. With <c>startTime</c> the oldest from there on, else the newest.</summary>
internal sealed class Klines(MarketsRoom markets, WireRoute route) : IWireVerb
{
    private const int Usual = 500;
    private const int Most = 1_000;

    private static readonly WireError _badInterval = new(-1120, "Invalid interval.");

    public WireRoute Route => route;

    public static Klines Plain(MarketsRoom markets) => new(markets, new WireRoute("GET", "/api/v3/klines", WireSecurity.None, 2, "klines"));

    /// <summary>For charts; Binance smooths them, we do not.</summary>
    public static Klines ForCharts(MarketsRoom markets) => new(markets, new WireRoute("GET", "/api/v3/uiKlines", WireSecurity.None, 2, "uiKlines"));

    public async ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        var parameters = call.Parameters;
        var (pair, error) = PairQuery.One(parameters, markets);
        if (pair is null) return error;
        if (parameters["interval"] is not { } code) return WireError.Missing("interval");
        if (!Timeframe.TryParse(code, out var interval)) return _badInterval;
        var (limit, badLimit) = WireNumbers.Limit(parameters, Usual, Most);
        var (from, badStart) = WireNumbers.Moment(parameters, "startTime");
        var (to, badEnd) = WireNumbers.Moment(parameters, "endTime");
        var (zone, badZone) = WireNumbers.TimeZone(parameters);
        if ((badLimit ?? badStart ?? badEnd ?? badZone) is { } bad) return bad;

        var span = new CandleSpan(from, to ?? long.MaxValue, limit) { Asker = RateLimits.Network(call.From) };
        var candles = zone == 0
            ? await markets.Candles(pair.Symbol, interval, span, cancellation)
            : await ZonedCandles.Read(markets, pair.Symbol, (interval, zone), span, cancellation);
        output.WriteStartArray();
        foreach (var candle in candles) Write(output, candle, interval);
        output.WriteEndArray();
        return null;
    }

    private static void Write(Utf8JsonWriter output, in Candle candle, Timeframe interval)
    {
        output.WriteStartArray();
        output.WriteNumberValue(candle.OpenTimeMs);
        output.WriteAmountValue(candle.Open.Value);
        output.WriteAmountValue(candle.High.Value);
        output.WriteAmountValue(candle.Low.Value);
        output.WriteAmountValue(candle.Close.Value);
        output.WriteAmountValue(candle.Volume.Value);
        output.WriteNumberValue(interval.NextOpen(candle.OpenTimeMs) - 1);
        output.WriteAmountValue(candle.QuoteVolume);
        output.WriteNumberValue(candle.Trades);
        output.WriteAmountValue(candle.TakerBuyVolume.Value);
        output.WriteAmountValue(candle.TakerBuyQuoteVolume);
        output.WriteStringValue("0"u8);
        output.WriteEndArray();
    }
}
