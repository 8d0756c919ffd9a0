namespace Lastro.Core.Markets;

/// <summary>What became of a trade given to a <see cref="CandleBuilder"/>.</summary>
public enum TradeOutcome
{
    /// <summary>Counted.</summary>
    Counted,

    /// <summary>Counted, but ids before it are missing: the minutes they may belong to are marked incomplete.</summary>
    CountedAfterGap,

    /// <summary>Its id is not above the last one: already counted, ignored.</summary>
    Duplicate,

    /// <summary>Its minute was over for good: ignored, and that minute must be fetched again.</summary>
    TooLate,
}

/// <summary>
/// Builds one-minute candles of one pair from its trades, exactly. A minute is complete only when every trade id from its first
/// to its last trade was seen; a minute that was already running at the start, or that may hold a missing id, is never called
/// complete. A minute without trades gives a flat candle of zero volume at the last close, as Binance's klines do.
/// Not thread-safe; allocates only what it reports.
/// </summary>
/// <param name="nextId">The id the first trade must have for nothing to be missing before it, where that is known.</param>
/// <param name="graceMs">How long after the end of a minute <see cref="Advance"/> waits for late trades.</param>
public sealed class CandleBuilder(long? nextId = null, int graceMs = 2_000)
{
    /// <summary>A longer silence than this many minutes is left as a hole instead of being filled with flat candles.</summary>
    public const int MaxFlatMinutes = 1_440;

    private const long MinuteMs = 60_000;

    // Minutes that only the clock has ended; the next trade confirms, amends or retracts them.
    private readonly List<EndedCandle> _unconfirmed = [];
    private long? _nextId = nextId;
    private MinuteSum _minute;
    private bool _complete;

    /// <summary>True once a trade was counted.</summary>
    public bool Started { get; private set; }

    /// <summary>The running minute; <c>default</c> before the first trade.</summary>
    public Candle Current => _minute.ToCandle();

    /// <summary>True when nothing is missing in the running minute so far.</summary>
    public bool CurrentComplete => _complete;

    /// <summary>Id of the last trade counted; null before the first.</summary>
    public long? LastId { get; private set; }

    /// <summary>Number of ids that were missing.</summary>
    public long MissingTrades { get; private set; }

    /// <summary>Counts a trade; minutes that it ends, amends or retracts are appended to <paramref name="ended"/>.</summary>
    public TradeOutcome Add(in MarketTrade trade, List<EndedCandle> ended)
    {
        if (LastId is { } last && trade.Id <= last)
            return TradeOutcome.Duplicate;
        var open = Timeframe.Minute.OpenOf(trade.TimeMs);
        if (!Started)
            return Start(trade, open);
        var gap = trade.Id != _nextId;
        if (gap)
        {
            MissingTrades += trade.Id - _nextId!.Value;
            Retract(ended);
        }

        if (open < _minute.OpenTimeMs)
            return Amend(trade, open, gap, ended);
        if (_unconfirmed.Count > 0)
            _unconfirmed.Clear();
        _complete &= !gap;
        if (open > _minute.OpenTimeMs)
            EndUpTo(open, ended, confirmed: true, gap);
        _minute.Add(trade);
        Took(trade.Id);
        return gap ? TradeOutcome.CountedAfterGap : TradeOutcome.Counted;
    }

    /// <summary>
    /// Ends minutes by the clock, so that a quiet pair's candles close too. Call it only while the source is alive: silence of a
    /// broken connection is not absence of trades.
    /// </summary>
    public void Advance(long nowMs, List<EndedCandle> ended)
    {
        var open = Timeframe.Minute.OpenOf(nowMs - graceMs);
        if (Started && open > _minute.OpenTimeMs)
            EndUpTo(open, ended, confirmed: false, gap: false);
    }

    private TradeOutcome Start(in MarketTrade trade, long open)
    {
        // Ids of a pair begin at 0 or 1 (Binance; our replays at 1): before that there was nothing to miss.
        var gap = _nextId is { } expected && trade.Id != expected;
        _complete = trade.Id <= 1 || trade.Id == _nextId;
        Started = true;
        _minute.Open(open, trade.Price);
        _minute.Add(trade);
        Took(trade.Id);
        return gap ? TradeOutcome.CountedAfterGap : TradeOutcome.Counted;
    }

    private void Took(long id)
    {
        LastId = id;
        _nextId = id + 1;
    }

    private void EndUpTo(long open, List<EndedCandle> ended, bool confirmed, bool gap)
    {
        var hole = (open - _minute.OpenTimeMs) / MinuteMs > MaxFlatMinutes;
        while (_minute.OpenTimeMs < open)
        {
            End(ended, confirmed);
            _minute.Open(hole ? open : _minute.OpenTimeMs + MinuteMs, _minute.Close);
            _complete = !gap;
        }
    }

    private void End(List<EndedCandle> ended, bool confirmed)
    {
        var candle = new EndedCandle(_minute.ToCandle(), _complete);
        ended.Add(candle);
        if (confirmed)
            return;
        if (_unconfirmed.Count == MaxFlatMinutes)
            _unconfirmed.RemoveAt(0);
        _unconfirmed.Add(candle);
    }

    private void Retract(List<EndedCandle> ended)
    {
        for (var i = 0; i < _unconfirmed.Count; i++)
        {
            _unconfirmed[i] = _unconfirmed[i] with { Complete = false };
            ended.Add(_unconfirmed[i]);
        }

        _complete = false;
    }

    private TradeOutcome Amend(in MarketTrade trade, long open, bool gap, List<EndedCandle> ended)
    {
        Took(trade.Id);
        var at = _unconfirmed.FindIndex(candle => candle.Candle.OpenTimeMs == open);
        if (at < 0)
            return TradeOutcome.TooLate;
        var sum = MinuteSum.From(_unconfirmed[at].Candle);
        sum.Add(trade);
        _unconfirmed[at] = _unconfirmed[at] with { Candle = sum.ToCandle() };
        ended.Add(_unconfirmed[at]);
        for (var i = at + 1; i < _unconfirmed.Count; i++)
        {
            var flat = default(MinuteSum);
            flat.Open(_unconfirmed[i].Candle.OpenTimeMs, trade.Price);
            _unconfirmed[i] = _unconfirmed[i] with { Candle = flat.ToCandle() };
            ended.Add(_unconfirmed[i]);
        }

        _unconfirmed.RemoveRange(0, at);
        _minute.Open(_minute.OpenTimeMs, trade.Price);
        return gap ? TradeOutcome.CountedAfterGap : TradeOutcome.Counted;
    }
}
