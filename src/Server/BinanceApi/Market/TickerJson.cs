using System.Globalization;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Statistics of a span of time as Binance writes them.</summary>
internal static class TickerJson
{
    /// <summary>FULL unless told; true for MINI.</summary>
    public static (bool Mini, WireError? Error) Kind(WireParameters parameters) => parameters["type"] switch
    {
        null or "FULL" => (false, null),
        "MINI" => (true, null),
        _ => (false, new WireError(-1139, "Invalid ticker type.")),
    };

    /// <summary>The rolling 24 hours.</summary>
    public static void Day(Utf8JsonWriter output, Symbol symbol, in DayTicker day, bool mini)
    {
        const long DayMs = 86_400_000;
        output.WriteStartObject();
        output.WriteString("symbol"u8, symbol.Value);
        if (!mini)
        {
            Change(output, day.Last, day.Open, (day.Volume, day.QuoteVolume));
            output.WriteAmount("prevClosePrice", day.Open);
            output.WriteAmount("lastPrice", day.Last);
            output.WriteAmount("lastQty", day.LastQuantity);
            output.WriteAmount("bidPrice", day.Top.Bid.Value);
            output.WriteAmount("bidQty", day.Top.BidQuantity.Value);
            output.WriteAmount("askPrice", day.Top.Ask.Value);
            output.WriteAmount("askQty", day.Top.AskQuantity.Value);
        }

        output.WriteAmount("openPrice", day.Open);
        output.WriteAmount("highPrice", day.High);
        output.WriteAmount("lowPrice", day.Low);
        if (mini) output.WriteAmount("lastPrice", day.Last);
        output.WriteAmount("volume", day.Volume);
        output.WriteAmount("quoteVolume", day.QuoteVolume);
        output.WriteNumber("openTime"u8, day.CloseMs - DayMs);
        output.WriteNumber("closeTime"u8, day.CloseMs);
        Ids(output, day.LastTradeId, day.Trades);
        output.WriteEndObject();
    }

    /// <summary>A span that began at a minute; null where nothing was traded in it.</summary>
    public static void Span(Utf8JsonWriter output, Symbol symbol, Candle? traded, (long OpenMs, long CloseMs, long LastTradeId, bool Mini) about)
    {
        var candle = traded.GetValueOrDefault();
        output.WriteStartObject();
        output.WriteString("symbol"u8, symbol.Value);
        if (!about.Mini) Change(output, candle.Close.Value, candle.Open.Value, (candle.Volume.Value, candle.QuoteVolume));
        output.WriteAmount("openPrice", candle.Open.Value);
        output.WriteAmount("highPrice", candle.High.Value);
        output.WriteAmount("lowPrice", candle.Low.Value);
        output.WriteAmount("lastPrice", candle.Close.Value);
        output.WriteAmount("volume", candle.Volume.Value);
        output.WriteAmount("quoteVolume", candle.QuoteVolume);
        output.WriteNumber("openTime"u8, about.OpenMs);
        output.WriteNumber("closeTime"u8, about.CloseMs);
        Ids(output, about.LastTradeId, candle.Trades);
        output.WriteEndObject();
    }

    private static void Change(Utf8JsonWriter output, decimal last, decimal open, (decimal Base, decimal Quote) volume)
    {
        output.WriteAmount("priceChange", last - open);
        output.WritePropertyName("priceChangePercent"u8);
        Span<byte> text = stackalloc byte[48];
        var percent = open == 0m ? 0m : decimal.Round(100m * (last - open) / open, 3, MidpointRounding.AwayFromZero);
        percent.TryFormat(text, out var length, "0.000", CultureInfo.InvariantCulture);
        output.WriteStringValue(text[..length]);
        output.WriteAmount("weightedAvgPrice", volume.Base == 0m ? 0m : volume.Quote / volume.Base);
    }

    /// <summary>Ids rise by one within a pair, so the number of trades gives the first. Without trades both are -1.</summary>
    private static void Ids(Utf8JsonWriter output, long last, long count)
    {
        var known = last >= 0 && count > 0;
        output.WriteNumber("firstId"u8, known ? Math.Max(0, last - count + 1) : -1);
        output.WriteNumber("lastId"u8, known ? last : -1);
        output.WriteNumber("count"u8, count);
    }
}
