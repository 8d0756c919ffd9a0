using System.Text;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Binance;

/// <summary>
/// Reads Binance's market messages, wrapped as on <c>/stream</c> or bare as on <c>/ws</c>. The documented order of fields is
/// read without allocation for trades and quotes; anything else goes through <see cref="LooseMessages"/>, and what is no
/// message at all becomes <see cref="MessageKind.Broken"/> with a reason. One reader serves one connection: not thread-safe.
/// Shapes: github.com/binance/binance-spot-api-docs, web-socket-streams.md.
/// </summary>
internal sealed class BinanceMessages
{
    private readonly SymbolNames _names = new();
    private readonly List<BookLevel> _levels = [];
    private readonly List<TickerUpdate> _tickers = [];
    private readonly LooseMessages _loose;
    private MarketTrade _trade;
    private BookTop _top;

    public BinanceMessages() => _loose = new LooseMessages(_names);

    /// <summary>The pair of a trade, quote, depth change or kline.</summary>
    public Symbol Symbol { get; internal set; }

    /// <summary>After <see cref="MessageKind.Trade"/>.</summary>
    public ref readonly MarketTrade Trade => ref _trade;

    /// <summary>After <see cref="MessageKind.BookTop"/>.</summary>
    public ref readonly BookTop Top => ref _top;

    /// <summary>After <see cref="MessageKind.AggregateTrade"/>.</summary>
    public AggregateTrade AggregateTrade { get; internal set; }

    /// <summary>After <see cref="MessageKind.DepthChange"/> or <see cref="MessageKind.DepthSnapshot"/>.</summary>
    public Depth? Depth { get; internal set; }

    /// <summary>After <see cref="MessageKind.Kline"/>.</summary>
    public KlineUpdate Kline { get; internal set; }

    /// <summary>After <see cref="MessageKind.MiniTickers"/>; valid until the next message.</summary>
    public List<TickerUpdate> Tickers => _tickers;

    /// <summary>After <see cref="MessageKind.Answer"/>.</summary>
    public SocketAnswer Answer { get; internal set; }

    /// <summary>After <see cref="MessageKind.Broken"/>: what is wrong, and the first characters.</summary>
    public string? Error { get; internal set; }

    /// <summary>Messages the fast road did not understand; a rising number means Binance changed its shapes.</summary>
    public long SlowReads { get; private set; }

    /// <summary>Reads one message. <paramref name="receivedMs"/> stands in where Binance sends no time.</summary>
    public MessageKind Read(ReadOnlySpan<byte> utf8, long receivedMs)
    {
        var kind = ReadKnownShape(utf8, receivedMs);
        if (kind != MessageKind.Unknown)
            return kind;
        SlowReads++;
        return _loose.Read(utf8, receivedMs, this);
    }

    internal void Set(in MarketTrade trade) => _trade = trade;

    internal void Set(in BookTop top) => _top = top;

    private MessageKind ReadKnownShape(ReadOnlySpan<byte> utf8, long receivedMs)
    {
        var scan = new MessageScan(utf8);
        var wrapped = scan.Take("{\"stream\":\""u8);
        if (wrapped && !(scan.Text(out _) && scan.Take(",\"data\":"u8)))
            return MessageKind.Unknown;
        var kind = ReadPayload(ref scan, receivedMs);
        return (!wrapped || scan.Take("}"u8)) && scan.AtEnd ? kind : MessageKind.Unknown;
    }

    private MessageKind ReadPayload(ref MessageScan scan, long receivedMs)
    {
        if (scan.Take("{\"u\":"u8))
            return ReadTop(ref scan, receivedMs) ? MessageKind.BookTop : MessageKind.Unknown;
        if (scan.Take("{\"e\":\"trade\",\"E\":"u8))
            return ReadTrade(ref scan) ? MessageKind.Trade : MessageKind.Unknown;
        if (scan.Take("{\"e\":\"depthUpdate\",\"E\":"u8))
            return ReadDepthChange(ref scan) ? MessageKind.DepthChange : MessageKind.Unknown;
        if (scan.Take("{\"e\":\"kline\",\"E\":"u8))
            return ReadKline(ref scan) ? MessageKind.Kline : MessageKind.Unknown;
        if (scan.Take("{\"e\":\"aggTrade\",\"E\":"u8))
            return ReadAggregateTrade(ref scan) ? MessageKind.AggregateTrade : MessageKind.Unknown;
        if (scan.Take("[{\"e\":\"24hrMiniTicker\",\"E\":"u8))
            return ReadMiniTickers(ref scan) ? MessageKind.MiniTickers : MessageKind.Unknown;
        if (scan.Take("{\"lastUpdateId\":"u8))
            return ReadSnapshot(ref scan, receivedMs) ? MessageKind.DepthSnapshot : MessageKind.Unknown;
        return MessageKind.Unknown;
    }

    private bool ReadTrade(ref MessageScan scan)
    {
        // b and a, the order ids of both sides, were part of the message until 2023 and may be sent again.
        if (!(scan.Number(out _) && scan.Take(",\"s\":\""u8) && ReadSymbol(ref scan)
            && scan.Take(",\"t\":"u8) && scan.Number(out var id)
            && scan.Take(",\"p\":\""u8) && scan.Amount(out var price)
            && scan.Take(",\"q\":\""u8) && scan.Amount(out var quantity)
            && (!scan.Take(",\"b\":"u8) || (scan.Number(out _) && scan.Take(",\"a\":"u8) && scan.Number(out _)))
            && scan.Take(",\"T\":"u8) && scan.Number(out var time)
            && scan.Take(",\"m\":"u8) && scan.Flag(out var buyerIsMaker)
            && scan.Take(",\"M\":"u8) && scan.Flag(out _) && scan.Take("}"u8)))
            return false;
        _trade = new MarketTrade(id, new Price(price), new Quantity(quantity), time, buyerIsMaker);
        return true;
    }

    private bool ReadAggregateTrade(ref MessageScan scan)
    {
        if (!(scan.Number(out _) && scan.Take(",\"s\":\""u8) && ReadSymbol(ref scan)
            && scan.Take(",\"a\":"u8) && scan.Number(out var id)
            && scan.Take(",\"p\":\""u8) && scan.Amount(out var price)
            && scan.Take(",\"q\":\""u8) && scan.Amount(out var quantity)
            && scan.Take(",\"f\":"u8) && scan.Number(out var first)
            && scan.Take(",\"l\":"u8) && scan.Number(out var last)
            && scan.Take(",\"T\":"u8) && scan.Number(out var time)
            && scan.Take(",\"m\":"u8) && scan.Flag(out var buyerIsMaker)
            && scan.Take(",\"M\":"u8) && scan.Flag(out _) && scan.Take("}"u8)))
            return false;
        AggregateTrade = new AggregateTrade(id, first, last, new Price(price), new Quantity(quantity), time, buyerIsMaker);
        return true;
    }

    private bool ReadTop(ref MessageScan scan, long receivedMs)
    {
        if (!(scan.Number(out var updateId) && scan.Take(",\"s\":\""u8) && ReadSymbol(ref scan)
            && scan.Take(",\"b\":\""u8) && scan.Amount(out var bid)
            && scan.Take(",\"B\":\""u8) && scan.Amount(out var bidQuantity)
            && scan.Take(",\"a\":\""u8) && scan.Amount(out var ask)
            && scan.Take(",\"A\":\""u8) && scan.Amount(out var askQuantity) && scan.Take("}"u8)))
            return false;
        _top = new BookTop(
            updateId, new Price(bid), new Quantity(bidQuantity), new Price(ask), new Quantity(askQuantity), receivedMs);
        return true;
    }

    private bool ReadDepthChange(ref MessageScan scan)
    {
        if (!(scan.Number(out var time) && scan.Take(",\"s\":\""u8) && ReadSymbol(ref scan)
            && scan.Take(",\"U\":"u8) && scan.Number(out var first)
            && scan.Take(",\"u\":"u8) && scan.Number(out var final)
            && scan.Take(",\"b\":["u8) && ReadLevels(ref scan, out var bids)
            && scan.Take(",\"a\":["u8) && ReadLevels(ref scan, out var asks) && scan.Take("}"u8)))
            return false;
        Depth = new Depth { Snapshot = false, FirstUpdateId = first, FinalUpdateId = final, TimeMs = time, Bids = bids, Asks = asks };
        return true;
    }

    private bool ReadSnapshot(ref MessageScan scan, long receivedMs)
    {
        if (!(scan.Number(out var id) && scan.Take(",\"bids\":["u8) && ReadLevels(ref scan, out var bids)
            && scan.Take(",\"asks\":["u8) && ReadLevels(ref scan, out var asks) && scan.Take("}"u8)))
            return false;
        Depth = new Depth { Snapshot = true, FirstUpdateId = id, FinalUpdateId = id, TimeMs = receivedMs, Bids = bids, Asks = asks };
        return true;
    }

    private bool ReadLevels(ref MessageScan scan, out BookLevel[] levels)
    {
        _levels.Clear();
        levels = [];
        if (scan.Take("]"u8))
            return true;
        do
        {
            if (!(scan.Take("[\""u8) && scan.Amount(out var price)
                && scan.Take(",\""u8) && scan.Amount(out var quantity) && scan.Take("]"u8)))
                return false;
            _levels.Add(new BookLevel(new Price(price), new Quantity(quantity)));
        }
        while (scan.Take(","u8));

        levels = [.. _levels];
        return scan.Take("]"u8);
    }

    private bool ReadKline(ref MessageScan scan)
    {
        if (!(scan.Number(out _) && scan.Take(",\"s\":\""u8) && ReadSymbol(ref scan)
            && scan.Take(",\"k\":{\"t\":"u8) && scan.Number(out var open)
            && scan.Take(",\"T\":"u8) && scan.Number(out _)
            && scan.Take(",\"s\":\""u8) && scan.Text(out _)
            && scan.Take(",\"i\":\""u8) && scan.Text(out var interval)
            && scan.Take(",\"f\":"u8) && scan.Number(out var first)
            && scan.Take(",\"L\":"u8) && scan.Number(out var last)
            && scan.Take(",\"o\":\""u8) && scan.Amount(out var openPrice)
            && scan.Take(",\"c\":\""u8) && scan.Amount(out var close)
            && scan.Take(",\"h\":\""u8) && scan.Amount(out var high)
            && scan.Take(",\"l\":\""u8) && scan.Amount(out var low)
            && scan.Take(",\"v\":\""u8) && scan.Amount(out var volume)
            && scan.Take(",\"n\":"u8) && scan.Number(out var trades)
            && scan.Take(",\"x\":"u8) && scan.Flag(out var closed)
            && scan.Take(",\"q\":\""u8) && scan.Amount(out var quoteVolume)
            && scan.Take(",\"V\":\""u8) && scan.Amount(out var takerBuy)
            && scan.Take(",\"Q\":\""u8) && scan.Amount(out var takerBuyQuote)
            && scan.Take(",\"B\":\""u8) && scan.Text(out _) && scan.Take("}}"u8)) || trades > int.MaxValue)
            return false;
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
        Kline = new KlineUpdate(IntervalOf(interval), candle, first, last, closed);
        return true;
    }

    private bool ReadMiniTickers(ref MessageScan scan)
    {
        _tickers.Clear();
        do
        {
            if (!(scan.Number(out var time) && scan.Take(",\"s\":\""u8) && scan.Text(out var name)
                && scan.Take(",\"c\":\""u8) && scan.Amount(out var last)
                && scan.Take(",\"o\":\""u8) && scan.Amount(out var open)
                && scan.Take(",\"h\":\""u8) && scan.Amount(out var high)
                && scan.Take(",\"l\":\""u8) && scan.Amount(out var low)
                && scan.Take(",\"v\":\""u8) && scan.Amount(out var volume)
                && scan.Take(",\"q\":\""u8) && scan.Amount(out var quoteVolume) && scan.Take("}"u8)))
                return false;
            if (_names.TryGet(name, out var symbol))
                _tickers.Add(new TickerUpdate(symbol, last, open, high, low, volume, quoteVolume, time));
        }
        while (scan.Take(",{\"e\":\"24hrMiniTicker\",\"E\":"u8));

        return scan.Take("]"u8);
    }

    private bool ReadSymbol(ref MessageScan scan)
    {
        if (!scan.Text(out var name) || !_names.TryGet(name, out var symbol))
            return false;
        Symbol = symbol;
        return true;
    }

    private static string IntervalOf(ReadOnlySpan<byte> code) =>
        code.SequenceEqual("1m"u8) ? Timeframe.Minute.Code : Encoding.UTF8.GetString(code);
}
