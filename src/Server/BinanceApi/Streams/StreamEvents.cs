using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>The events of the market streams, key by key as Binance writes them.</summary>
internal static class StreamEvents
{
    public static void Trade(Utf8JsonWriter json, Symbol symbol, in MarketTrade trade, long nowMs)
    {
        Start(json, "trade"u8, symbol, nowMs);
        json.WriteNumber("t"u8, trade.Id);
        Amount(json, "p"u8, trade.Price.Value);
        Amount(json, "q"u8, trade.Quantity.Value);
        json.WriteNumber("T"u8, trade.TimeMs);
        End(json, trade.BuyerIsMaker);
    }

    /// <summary>Every trade is an aggregate of its own: the source does not say which ones one order made.</summary>
    public static void AggTrade(Utf8JsonWriter json, Symbol symbol, in MarketTrade trade, long nowMs)
    {
        Start(json, "aggTrade"u8, symbol, nowMs);
        json.WriteNumber("a"u8, trade.Id);
        Amount(json, "p"u8, trade.Price.Value);
        Amount(json, "q"u8, trade.Quantity.Value);
        json.WriteNumber("f"u8, trade.Id);
        json.WriteNumber("l"u8, trade.Id);
        json.WriteNumber("T"u8, trade.TimeMs);
        End(json, trade.BuyerIsMaker);
    }

    /// <summary>Has no event type and no time, as at Binance.</summary>
    public static void BookTicker(Utf8JsonWriter json, Symbol symbol, in BookTop top)
    {
        json.WriteStartObject();
        json.WriteNumber("u"u8, top.UpdateId);
        json.WriteString("s"u8, symbol.Value);
        Amount(json, "b"u8, top.Bid.Value);
        Amount(json, "B"u8, top.BidQuantity.Value);
        Amount(json, "a"u8, top.Ask.Value);
        Amount(json, "A"u8, top.AskQuantity.Value);
        json.WriteEndObject();
    }

    public static void Depth(Utf8JsonWriter json, Symbol symbol, BookChange change, long nowMs)
    {
        Start(json, "depthUpdate"u8, symbol, nowMs);
        json.WriteNumber("U"u8, change.FirstId);
        json.WriteNumber("u"u8, change.LastId);
        Levels(json, "b"u8, change.Bids);
        Levels(json, "a"u8, change.Asks);
        json.WriteEndObject();
    }

    public static void Partial(Utf8JsonWriter json, BookBest best, int levels)
    {
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId"u8, best.UpdateId);
        Levels(json, "bids"u8, best.Bids.AsSpan(0, Math.Min(levels, best.Bids.Length)));
        Levels(json, "asks"u8, best.Asks.AsSpan(0, Math.Min(levels, best.Asks.Length)));
        json.WriteEndObject();
    }

    public static void Kline(Utf8JsonWriter json, Symbol symbol, KlineNews news, long nowMs)
    {
        var (interval, candle) = (Timeframe.All[news.Interval], news.Candle);
        Start(json, "kline"u8, symbol, nowMs);
        json.WriteStartObject("k"u8);
        json.WriteNumber("t"u8, candle.OpenTimeMs);
        json.WriteNumber("T"u8, interval.NextOpen(candle.OpenTimeMs) - 1);
        json.WriteString("s"u8, symbol.Value);
        json.WriteString("i"u8, interval.Code);
        var known = candle.Trades > 0 && news.LastId >= 0;
        json.WriteNumber("f"u8, known ? Math.Max(0, news.LastId - candle.Trades + 1) : -1);
        json.WriteNumber("L"u8, known ? news.LastId : -1);
        Amount(json, "o"u8, candle.Open.Value);
        Amount(json, "c"u8, candle.Close.Value);
        Amount(json, "h"u8, candle.High.Value);
        Amount(json, "l"u8, candle.Low.Value);
        Amount(json, "v"u8, candle.Volume.Value);
        json.WriteNumber("n"u8, candle.Trades);
        json.WriteBoolean("x"u8, news.Closed);
        Amount(json, "q"u8, candle.QuoteVolume);
        Amount(json, "V"u8, candle.TakerBuyVolume.Value);
        Amount(json, "Q"u8, candle.TakerBuyQuoteVolume);
        json.WriteString("B"u8, "0"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Start(Utf8JsonWriter json, ReadOnlySpan<byte> type, Symbol symbol, long nowMs)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, type);
        json.WriteNumber("E"u8, nowMs);
        json.WriteString("s"u8, symbol.Value);
    }

    public static void Amount(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value)
    {
        json.WritePropertyName(name);
        json.WriteAmountValue(value);
    }

    private static void End(Utf8JsonWriter json, bool buyerIsMaker)
    {
        json.WriteBoolean("m"u8, buyerIsMaker);
        json.WriteBoolean("M"u8, true);
        json.WriteEndObject();
    }

    private static void Levels(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<BookLevel> levels)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartArray();
            json.WriteAmountValue(level.Price.Value);
            json.WriteAmountValue(level.Quantity.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
