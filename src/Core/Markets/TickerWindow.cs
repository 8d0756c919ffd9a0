namespace Lastro.Core.Markets;

/// <summary>Rolling 24 h statistics of a pair, exact to the minute. Amounts in quote units but for the volume.</summary>
/// <param name="Last">Last price.</param>
/// <param name="Open">First price of the window.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Volume">Base units traded.</param>
/// <param name="QuoteVolume">Quote units traded; null where part of the window does not tell.</param>
/// <param name="TimeMs">Time of the last price, Unix milliseconds.</param>
public readonly record struct TickerStats(
    decimal Last, decimal Open, decimal High, decimal Low, decimal Volume, decimal? QuoteVolume, long TimeMs)
{
    /// <summary>Number of trades; 0 for minutes that do not tell.</summary>
    public long Trades { get; init; }

    /// <summary>Last less open.</summary>
    public decimal Change => Last - Open;

    /// <summary>Change in percent of the open, rounded to three decimals as Binance's ticker does.</summary>
    public decimal ChangePercent => Open == 0m ? 0m : decimal.Round(100m * Change / Open, 3, MidpointRounding.AwayFromZero);
}

/// <summary>
/// The last 1,440 minutes of a pair, the running one included, from candles (history, ended minutes) and trades (the running
/// minute). A candle replaces what trades have gathered for its minute. Not thread-safe.
/// </summary>
public sealed class TickerWindow
{
    private const int Minutes = 1_440;
    private const long MinuteMs = 60_000;

    // Made at the first price: most pairs of an exchange are never looked at.
    private MinuteSum[] _ring = [];
    private bool[] _filled = [];
    private long _newest = long.MinValue;
    private bool _summed;
    private TickerStats _others;
    private bool _any;

    /// <summary>Time of the last trade or, before the first, of the newest candle; Unix milliseconds.</summary>
    public long TimeMs { get; private set; } = long.MinValue;

    /// <summary>Takes a one-minute candle; one older than the window is ignored.</summary>
    public void Put(in Candle minute)
    {
        var index = Claim(minute.OpenTimeMs);
        if (index < 0)
            return;
        _ring[index] = MinuteSum.From(minute);
        _summed &= minute.OpenTimeMs == _newest;
        TimeMs = Math.Max(TimeMs, minute.OpenTimeMs);
    }

    /// <summary>Takes a trade.</summary>
    public void Add(in MarketTrade trade)
    {
        var open = Timeframe.Minute.OpenOf(trade.TimeMs);
        var index = Claim(open);
        if (index < 0)
            return;
        if (_ring[index].OpenTimeMs != open)
            _ring[index].Open(open, trade.Price);
        _ring[index].Add(trade);
        _summed &= open == _newest;
        TimeMs = Math.Max(TimeMs, trade.TimeMs);
    }

    /// <summary>Moves the window on when there is no trade.</summary>
    public void Advance(long nowMs)
    {
        var open = Timeframe.Minute.OpenOf(nowMs);
        if (_newest != long.MinValue && open > _newest)
            MoveTo(open);
    }

    /// <summary>The statistics; null while nothing is known.</summary>
    public TickerStats? Read()
    {
        if (_newest == long.MinValue)
            return null;
        if (!_summed)
            SumOthers();
        var index = IndexOf(_newest);
        if (!_filled[index])
            return _any ? _others with { TimeMs = TimeMs } : null;
        var now = _ring[index].ToCandle();
        if (!_any)
            return Of(now);
        return new TickerStats(
            now.Close.Value, _others.Open, Math.Max(_others.High, now.High.Value), Math.Min(_others.Low, now.Low.Value),
            _others.Volume + now.Volume.Value, Plus(_others.QuoteVolume, now), TimeMs)
        { Trades = _others.Trades + now.Trades };
    }

    private TickerStats Of(in Candle candle) => new(
        candle.Close.Value, candle.Open.Value, candle.High.Value, candle.Low.Value, candle.Volume.Value, Plus(0m, candle), TimeMs)
    { Trades = candle.Trades };

    private void SumOthers()
    {
        (_any, _summed) = (false, true);
        for (var open = _newest - ((Minutes - 1) * MinuteMs); open < _newest; open += MinuteMs)
        {
            var index = IndexOf(open);
            if (!_filled[index])
                continue;
            var candle = _ring[index].ToCandle();
            _others = !_any ? Of(candle) : new TickerStats(
                candle.Close.Value, _others.Open, Math.Max(_others.High, candle.High.Value),
                Math.Min(_others.Low, candle.Low.Value), _others.Volume + candle.Volume.Value,
                Plus(_others.QuoteVolume, candle), TimeMs)
            { Trades = _others.Trades + candle.Trades };
            _any = true;
        }
    }

    private int Claim(long open)
    {
        if (_newest != long.MinValue && open <= _newest - (Minutes * MinuteMs))
            return -1;
        if (_ring.Length == 0)
            (_ring, _filled) = (new MinuteSum[Minutes], new bool[Minutes]);
        if (open > _newest)
            MoveTo(open);
        var index = IndexOf(open);
        _filled[index] = true;
        return index;
    }

    private void MoveTo(long open)
    {
        var steps = _newest == long.MinValue ? Minutes : Math.Min(Minutes, (open - _newest) / MinuteMs);
        for (var i = 0L; i < steps; i++)
        {
            var index = IndexOf(open - (i * MinuteMs));
            _filled[index] = false;
            _ring[index] = default;
        }

        _newest = open;
        _summed = false;
    }

    private static decimal? Plus(decimal? sum, in Candle candle) =>
        candle.QuoteVolume == 0m && candle.Volume.Value > 0m ? null : sum + candle.QuoteVolume;

    private static int IndexOf(long open) => (int)((((open / MinuteMs) % Minutes) + Minutes) % Minutes);
}
