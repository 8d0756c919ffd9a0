using System.Text;
using System.Text.Json;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Binance;

/// <summary>The slow road of <see cref="BinanceMessages"/>: any order of fields, escapes, new fields, and the rare kinds.</summary>
internal sealed class LooseMessages(SymbolNames names)
{
    private const int ErrorSample = 80;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    public MessageKind Read(ReadOnlySpan<byte> utf8, long receivedMs, BinanceMessages into)
    {
        // Text that is not even shaped like JSON costs no exception.
        if (utf8.Length < 2 || (utf8[0], utf8[^1]) is not (((byte)'{', (byte)'}') or ((byte)'[', (byte)']')))
            return Broken(utf8, "no JSON object or array", into);
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed != utf8.Length)
                return Broken(utf8, "text after the message", into);
            return ReadAny(document.RootElement, receivedMs, into) is var kind and not MessageKind.Broken
                ? kind
                : Broken(utf8, "a field is missing or not of its type", into);
        }
        catch (JsonException exception)
        {
            return Broken(utf8, exception.Message, into);
        }
        catch (InvalidOperationException)
        {
            // JsonElement.GetString on a lone surrogate or bytes that are not UTF-8.
            return Broken(utf8, "not UTF-8", into);
        }
    }

    private static MessageKind Broken(ReadOnlySpan<byte> utf8, string why, BinanceMessages into)
    {
        var start = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, ErrorSample)]);
        into.Error = $"{why}: {start.ReplaceLineEndings(" ")}";
        return MessageKind.Broken;
    }

    private MessageKind ReadAny(JsonElement message, long receivedMs, BinanceMessages into)
    {
        if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("stream", out _))
        {
            if (!message.TryGetProperty("data", out message))
                return MessageKind.Broken;
        }

        if (message.ValueKind == JsonValueKind.Array)
            return ReadMiniTickers(message, into);
        if (message.ValueKind != JsonValueKind.Object)
            return MessageKind.Broken;
        if (message.TryGetProperty("event", out var inner) && inner.ValueKind == JsonValueKind.Object)
            message = inner;
        if (message.TryGetProperty("e", out var type))
            return ReadEvent(type.ValueKind == JsonValueKind.String ? type.GetString() : null, message, into);
        if (message.TryGetProperty("lastUpdateId", out _))
            return ReadSnapshot(message, receivedMs, into);
        if (message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _) || message.TryGetProperty("code", out _))
            return ReadAnswer(message, into);
        return message.TryGetProperty("u", out _) ? ReadTop(message, receivedMs, into) : MessageKind.Unknown;
    }

    private MessageKind ReadEvent(string? type, JsonElement message, BinanceMessages into) => type switch
    {
        "trade" => ReadTrade(message, into),
        "aggTrade" => ReadAggregateTrade(message, into),
        "depthUpdate" => ReadDepthChange(message, into),
        "kline" => ReadKline(message, into),
        "serverShutdown" => MessageKind.ServerShutdown,
        null => MessageKind.Broken,
        _ => MessageKind.Unknown,
    };

    private MessageKind ReadTrade(JsonElement message, BinanceMessages into)
    {
        if (!ReadSymbol(message, into) || !Number(message, "t", out var id) || !Amount(message, "p", out var price)
            || !Amount(message, "q", out var quantity) || !Number(message, "T", out var time) || !Flag(message, "m", out var maker))
            return MessageKind.Broken;
        into.Set(new MarketTrade(id, new Price(price), new Quantity(quantity), time, maker));
        return MessageKind.Trade;
    }

    private MessageKind ReadAggregateTrade(JsonElement message, BinanceMessages into)
    {
        if (!ReadSymbol(message, into) || !Number(message, "a", out var id) || !Amount(message, "p", out var price)
            || !Amount(message, "q", out var quantity) || !Number(message, "f", out var first) || !Number(message, "l", out var last)
            || !Number(message, "T", out var time) || !Flag(message, "m", out var maker))
            return MessageKind.Broken;
        into.AggregateTrade = new AggregateTrade(id, first, last, new Price(price), new Quantity(quantity), time, maker);
        return MessageKind.AggregateTrade;
    }

    private MessageKind ReadTop(JsonElement message, long receivedMs, BinanceMessages into)
    {
        if (!ReadSymbol(message, into) || !Number(message, "u", out var id) || !Amount(message, "b", out var bid)
            || !Amount(message, "B", out var bidQuantity) || !Amount(message, "a", out var ask) || !Amount(message, "A", out var askQuantity))
            return MessageKind.Broken;
        into.Set(new BookTop(id, new Price(bid), new Quantity(bidQuantity), new Price(ask), new Quantity(askQuantity), receivedMs));
        return MessageKind.BookTop;
    }

    private MessageKind ReadDepthChange(JsonElement message, BinanceMessages into)
    {
        if (!ReadSymbol(message, into) || !Number(message, "U", out var first) || !Number(message, "u", out var final)
            || !Number(message, "E", out var time) || !Levels(message, "b", out var bids) || !Levels(message, "a", out var asks))
            return MessageKind.Broken;
        into.Depth = new Depth { Snapshot = false, FirstUpdateId = first, FinalUpdateId = final, TimeMs = time, Bids = bids, Asks = asks };
        return MessageKind.DepthChange;
    }

    private static MessageKind ReadSnapshot(JsonElement message, long receivedMs, BinanceMessages into)
    {
        if (!Number(message, "lastUpdateId", out var id) || !Levels(message, "bids", out var bids) || !Levels(message, "asks", out var asks))
            return MessageKind.Broken;
        into.Depth = new Depth { Snapshot = true, FirstUpdateId = id, FinalUpdateId = id, TimeMs = receivedMs, Bids = bids, Asks = asks };
        return MessageKind.DepthSnapshot;
    }

    private MessageKind ReadKline(JsonElement message, BinanceMessages into)
    {
        if (!ReadSymbol(message, into) || !message.TryGetProperty("k", out var k) || k.ValueKind != JsonValueKind.Object
            || !Text(k, "i", out var interval) || !Number(k, "t", out var open) || !Number(k, "f", out var first) || !Number(k, "L", out var last)
            || !Number(k, "n", out var trades) || trades is < 0 or > int.MaxValue || !Flag(k, "x", out var closed)
            || !Amount(k, "o", out var openPrice) || !Amount(k, "h", out var high) || !Amount(k, "l", out var low)
            || !Amount(k, "c", out var close) || !Amount(k, "v", out var volume) || !Amount(k, "q", out var quoteVolume)
            || !Amount(k, "V", out var takerBuy) || !Amount(k, "Q", out var takerBuyQuote))
            return MessageKind.Broken;
        var candle = new Candle
        {
            OpenTimeMs = open,
            Open = new Price(openPrice),
            High = new Price(high),
            Low = new Price(low),
            Close = new Price(close),
            Volume = new Quantity(volume),
            QuoteVolume = quoteVolume,
            TakerBuyVolume = new Quantity(takerBuy),
            TakerBuyQuoteVolume = takerBuyQuote,
            Trades = (int)trades,
        };
        into.Kline = new KlineUpdate(interval, candle, first, last, closed);
        return MessageKind.Kline;
    }

    private MessageKind ReadMiniTickers(JsonElement array, BinanceMessages into)
    {
        into.Tickers.Clear();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !Text(item, "e", out var type))
                return MessageKind.Broken;
            if (type != "24hrMiniTicker")
                return MessageKind.Unknown;
            if (!Text(item, "s", out var name) || !Number(item, "E", out var time) || !Amount(item, "c", out var last)
                || !Amount(item, "o", out var open) || !Amount(item, "h", out var high) || !Amount(item, "l", out var low)
                || !Amount(item, "v", out var volume) || !Amount(item, "q", out var quoteVolume))
                return MessageKind.Broken;
            if (names.TryGet(Encoding.UTF8.GetBytes(name), out var symbol))
                into.Tickers.Add(new TickerUpdate(symbol, last, open, high, low, volume, quoteVolume, time));
        }

        return MessageKind.MiniTickers;
    }

    private static MessageKind ReadAnswer(JsonElement message, BinanceMessages into)
    {
        var error = message.TryGetProperty("error", out var nested) && nested.ValueKind == JsonValueKind.Object ? nested : message;
        Number(error, "code", out var code);
        Number(message, "id", out var id);
        into.Answer = new SocketAnswer(id, (int)Math.Clamp(code, int.MinValue, int.MaxValue), Text(error, "msg", out var text) ? text : null);
        return MessageKind.Answer;
    }

    private bool ReadSymbol(JsonElement message, BinanceMessages into)
    {
        if (!Text(message, "s", out var name) || !names.TryGet(Encoding.UTF8.GetBytes(name), out var symbol))
            return false;
        into.Symbol = symbol;
        return true;
    }

    private static bool Levels(JsonElement message, string name, out BookLevel[] levels)
    {
        levels = [];
        if (!message.TryGetProperty(name, out var array) || array.ValueKind != JsonValueKind.Array)
            return false;
        levels = new BookLevel[array.GetArrayLength()];
        var count = 0;
        foreach (var pair in array.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() < 2
                || !Amount(pair[0], out var price) || !Amount(pair[1], out var quantity))
                return false;
            levels[count++] = new BookLevel(new Price(price), new Quantity(quantity));
        }

        return true;
    }

    private static bool Text(JsonElement message, string name, out string value)
    {
        value = message.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString()! : "";
        return value.Length > 0;
    }

    private static bool Number(JsonElement message, string name, out long value)
    {
        value = 0;
        return message.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out value);
    }

    private static bool Flag(JsonElement message, string name, out bool value)
    {
        value = message.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.True;
        return value || field.ValueKind == JsonValueKind.False;
    }

    private static bool Amount(JsonElement message, string name, out decimal value)
    {
        value = 0m;
        return message.TryGetProperty(name, out var field) && Amount(field, out value);
    }

    private static bool Amount(JsonElement field, out decimal value)
    {
        value = 0m;
        return field.ValueKind == JsonValueKind.String && Decimals.TryParse(field.GetString(), out value);
    }
}
