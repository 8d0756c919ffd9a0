using System.Globalization;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>The statistics that streams tell, key by key as Binance writes them.</summary>
internal static class TickerEvents
{
    private const long DayMs = 86_400_000;

    public static void Mini(Utf8JsonWriter json, Symbol symbol, in DayTicker day, long nowMs)
    {
        StreamEvents.Start(json, "24hrMiniTicker"u8, symbol, nowMs);
        StreamEvents.Amount(json, "c"u8, day.Last);
        StreamEvents.Amount(json, "o"u8, day.Open);
        StreamEvents.Amount(json, "h"u8, day.High);
        StreamEvents.Amount(json, "l"u8, day.Low);
        StreamEvents.Amount(json, "v"u8, day.Volume);
        StreamEvents.Amount(json, "q"u8, day.QuoteVolume);
        json.WriteEndObject();
    }

    public static void Day(Utf8JsonWriter json, Symbol symbol, in DayTicker day, long nowMs)
    {
        StreamEvents.Start(json, "24hrTicker"u8, symbol, nowMs);
        Change(json, day.Last, day.Open);
        StreamEvents.Amount(json, "w"u8, Mean(day.QuoteVolume, day.Volume));
        StreamEvents.Amount(json, "x"u8, day.Open);
        StreamEvents.Amount(json, "c"u8, day.Last);
        StreamEvents.Amount(json, "Q"u8, day.LastQuantity);
        StreamEvents.Amount(json, "b"u8, day.Top.Bid.Value);
        StreamEvents.Amount(json, "B"u8, day.Top.BidQuantity.Value);
        StreamEvents.Amount(json, "a"u8, day.Top.Ask.Value);
        StreamEvents.Amount(json, "A"u8, day.Top.AskQuantity.Value);
        Range(json, (day.Open, day.High, day.Low), (day.Volume, day.QuoteVolume));
        json.WriteNumber("O"u8, day.CloseMs - DayMs);
        json.WriteNumber("C"u8, day.CloseMs);
        Ids(json, day.LastTradeId, day.Trades);
    }

    /// <summary>A window that began at a full minute.</summary>
    public static void Rolling(Utf8JsonWriter json, Symbol symbol, in RollingWindow window, long nowMs)
    {
        var candle = window.Candle;
        StreamEvents.Start(json, window.Type, symbol, nowMs);
        Change(json, candle.Close.Value, candle.Open.Value);
        StreamEvents.Amount(json, "o"u8, candle.Open.Value);
        StreamEvents.Amount(json, "h"u8, candle.High.Value);
        StreamEvents.Amount(json, "l"u8, candle.Low.Value);
        StreamEvents.Amount(json, "c"u8, candle.Close.Value);
        StreamEvents.Amount(json, "w"u8, Mean(candle.QuoteVolume, candle.Volume.Value));
        StreamEvents.Amount(json, "v"u8, candle.Volume.Value);
        StreamEvents.Amount(json, "q"u8, candle.QuoteVolume);
        json.WriteNumber("O"u8, window.OpenMs);
        json.WriteNumber("C"u8, nowMs);
        Ids(json, window.LastTradeId, candle.Trades);
    }

    public static void Average(Utf8JsonWriter json, Symbol symbol, decimal mean, (long LastTradeMs, long NowMs) at)
    {
        StreamEvents.Start(json, "avgPrice"u8, symbol, at.NowMs);
        json.WriteString("i"u8, "5m"u8);
        StreamEvents.Amount(json, "w"u8, mean);
        json.WriteNumber("T"u8, at.LastTradeMs);
        json.WriteEndObject();
    }

    public static decimal Mean(decimal quote, decimal volume) => volume == 0m ? 0m : quote / volume;

    private static void Change(Utf8JsonWriter json, decimal last, decimal open)
    {
        StreamEvents.Amount(json, "p"u8, last - open);
        Span<byte> text = stackalloc byte[48];
        var percent = open == 0m ? 0m : decimal.Round(100m * (last - open) / open, 3, MidpointRounding.AwayFromZero);
        percent.TryFormat(text, out var length, "0.000", CultureInfo.InvariantCulture);
        json.WriteString("P"u8, text[..length]);
    }

    private static void Range(Utf8JsonWriter json, (decimal Open, decimal High, decimal Low) price, (decimal Base, decimal Quote) volume)
    {
        StreamEvents.Amount(json, "o"u8, price.Open);
        StreamEvents.Amount(json, "h"u8, price.High);
        StreamEvents.Amount(json, "l"u8, price.Low);
        StreamEvents.Amount(json, "v"u8, volume.Base);
        StreamEvents.Amount(json, "q"u8, volume.Quote);
    }

    /// <summary>Ids rise by one within a pair, so the number of trades gives the first. Without trades both are -1.</summary>
    private static void Ids(Utf8JsonWriter json, long last, long count)
    {
        var known = last >= 0 && count > 0;
        json.WriteNumber("F"u8, known ? Math.Max(0, last - count + 1) : -1);
        json.WriteNumber("L"u8, known ? last : -1);
        json.WriteNumber("n"u8, count);
        json.WriteEndObject();
    }
}

/// <summary>A rolling window, ready to be told.</summary>
/// <param name="Type">Its event's name: <c>1hTicker</c>.</param>
/// <param name="OpenMs">Its start, Unix milliseconds.</param>
/// <param name="Candle">All that was traded in it.</param>
/// <param name="LastTradeId">Of the pair's last trade.</param>
internal readonly record struct RollingWindow(byte[] Type, long OpenMs, Candle Candle, long LastTradeId);
