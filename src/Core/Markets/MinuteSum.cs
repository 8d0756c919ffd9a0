namespace Lastro.Core.Markets;

/// <summary>The running sums of one candle, changed in place.</summary>
internal struct MinuteSum
{
    private decimal _open;
    private decimal _high;
    private decimal _low;
    private decimal _volume;
    private decimal _quoteVolume;
    private decimal _takerBuyVolume;
    private decimal _takerBuyQuoteVolume;
    private int _trades;

    public long OpenTimeMs { get; private set; }

    public Price Close { readonly get; private set; }

    public static MinuteSum From(in Candle candle) => new()
    {
        OpenTimeMs = candle.OpenTimeMs,
        _open = candle.Open.Value,
        _high = candle.High.Value,
        _low = candle.Low.Value,
        Close = candle.Close,
        _volume = candle.Volume.Value,
        _quoteVolume = candle.QuoteVolume,
        _takerBuyVolume = candle.TakerBuyVolume.Value,
        _takerBuyQuoteVolume = candle.TakerBuyQuoteVolume,
        _trades = candle.Trades,
    };

    public void Open(long openTimeMs, Price price)
    {
        this = default;
        OpenTimeMs = openTimeMs;
        Close = price;
        _open = _high = _low = price.Value;
    }

    public void Add(in MarketTrade trade)
    {
        var price = trade.Price.Value;
        if (_trades == 0)
            _open = _high = _low = price;
        else if (price > _high)
            _high = price;
        else if (price < _low)
            _low = price;
        Close = trade.Price;
        var quote = trade.Price * trade.Quantity;
        _volume += trade.Quantity.Value;
        _quoteVolume += quote;
        if (!trade.BuyerIsMaker)
        {
            _takerBuyVolume += trade.Quantity.Value;
            _takerBuyQuoteVolume += quote;
        }

        _trades++;
    }

    public readonly Candle ToCandle() => new()
    {
        OpenTimeMs = OpenTimeMs,
        Open = new Price(_open),
        High = new Price(_high),
        Low = new Price(_low),
        Close = Close,
        Volume = new Quantity(_volume),
        QuoteVolume = _quoteVolume,
        TakerBuyVolume = new Quantity(_takerBuyVolume),
        TakerBuyQuoteVolume = _takerBuyQuoteVolume,
        Trades = _trades,
    };
}
