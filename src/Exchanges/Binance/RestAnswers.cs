using System.Globalization;
using System.Text.Json;
using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Binance;

/// <summary>Reads the answers of Binance's public REST calls. Throws what <see cref="JsonElement"/> throws; <see cref="BinanceRest"/> turns that into a remote failure.</summary>
internal static class RestAnswers
{
    /// <summary>The spot pairs of exchangeInfo. Pairs whose names or filters this program cannot hold are left out.</summary>
    public static IReadOnlyList<Instrument> Instruments(JsonElement answer)
    {
        var instruments = new List<Instrument>();
        foreach (var pair in answer.GetProperty("symbols").EnumerateArray())
        {
            if (pair.GetProperty("isSpotTradingAllowed").GetBoolean() && ReadInstrument(pair) is { } instrument)
                instruments.Add(instrument);
        }

        return instruments;
    }

    /// <summary>Rows of <c>klines</c>: [open time, o, h, l, c, volume, close time, quote volume, trades, taker buy base, taker buy quote, unused].</summary>
    public static IEnumerable<(Candle Candle, long CloseTimeMs)> Klines(JsonElement answer)
    {
        foreach (var row in answer.EnumerateArray())
        {
            var candle = new Candle
            {
                OpenTimeMs = row[0].GetInt64(),
                Open = new Price(Amount(row[1])),
                High = new Price(Amount(row[2])),
                Low = new Price(Amount(row[3])),
                Close = new Price(Amount(row[4])),
                Volume = new Quantity(Amount(row[5])),
                QuoteVolume = Amount(row[7]),
                Trades = row[8].GetInt32(),
                TakerBuyVolume = new Quantity(Amount(row[9])),
                TakerBuyQuoteVolume = Amount(row[10]),
            };
            yield return (candle, row[6].GetInt64());
        }
    }

    /// <summary>Rows of <c>historicalTrades</c>, oldest first.</summary>
    public static List<MarketTrade> Trades(JsonElement answer)
    {
        var trades = new List<MarketTrade>(answer.GetArrayLength());
        foreach (var row in answer.EnumerateArray())
        {
            trades.Add(new MarketTrade(
                row.GetProperty("id").GetInt64(),
                new Price(Amount(row.GetProperty("price"))),
                new Quantity(Amount(row.GetProperty("qty"))),
                row.GetProperty("time").GetInt64(),
                row.GetProperty("isBuyerMaker").GetBoolean()));
        }

        return trades;
    }

    private static Instrument? ReadInstrument(JsonElement pair)
    {
        if (!Symbol.TryParse(pair.GetProperty("symbol").GetString(), out var symbol)
            || !Asset.TryParse(pair.GetProperty("baseAsset").GetString(), out var baseAsset)
            || !Asset.TryParse(pair.GetProperty("quoteAsset").GetString(), out var quote))
            return null;
        var filters = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var filter in pair.GetProperty("filters").EnumerateArray())
            filters[filter.GetProperty("filterType").GetString() ?? ""] = filter;
        if (!filters.TryGetValue("PRICE_FILTER", out var price) || !filters.TryGetValue("LOT_SIZE", out var lot))
            return null;
        var (tick, step) = (Amount(price.GetProperty("tickSize")), Amount(lot.GetProperty("stepSize")));
        if (tick <= 0m || step <= 0m)
            return null;
        return new Instrument
        {
            Symbol = symbol,
            Base = baseAsset,
            Quote = quote,
            TickSize = tick,
            StepSize = step,
            MinQuantity = Amount(lot.GetProperty("minQty")),
            MaxQuantity = Amount(lot.GetProperty("maxQty")),
            // Binance replaces MIN_NOTIONAL by NOTIONAL pair by pair; both carry minNotional (filters.md).
            MinNotional = filters.TryGetValue("NOTIONAL", out var notional) || filters.TryGetValue("MIN_NOTIONAL", out notional)
                ? Amount(notional.GetProperty("minNotional"))
                : 0m,
            Trading = pair.GetProperty("status").GetString() == "TRADING",
        };
    }

    private static decimal Amount(JsonElement text)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        // Divided by one with all decimals, 0.01000000 becomes 0.01: the value is the same, its printed form short.
        return decimal.Parse(text.GetString() ?? "", plain, CultureInfo.InvariantCulture) / 1.0000000000000000000000000000m;
    }
}
