namespace Lastro.Core.Markets;

/// <summary>
/// Keeps implausible data of one pair out of its lane. A trade far from the last price is withheld; when the next ones agree with
/// it (<see cref="SanityLimits.Confirmations"/> in all) they are all let through, in order, so that a real crash loses nothing;
/// when the price returns first, the withheld ones are quarantined. Not thread-safe.
/// </summary>
public sealed class SanityGate(SanityLimits limits)
{
    private readonly long[] _quarantined = new long[Enum.GetValues<SanityReason>().Length];
    private readonly List<MarketTrade> _withheld = [];
    private long _lastId = long.MinValue;
    private long _lastTimeMs = long.MinValue / 2;
    private decimal _reference;
    private int _strangeTops;

    /// <summary>Trades and quotes kept out for good, of all reasons.</summary>
    public long QuarantinedTotal => _quarantined.Sum();

    /// <summary>Trades waiting for confirmation.</summary>
    public int Withheld => _withheld.Count;

    /// <summary>Trades and quotes kept out for good, by reason.</summary>
    public long Quarantined(SanityReason reason) => _quarantined[(int)reason];

    /// <summary>
    /// Judges a trade. Those to be used now (none, this one, or withheld ones and this one) are appended to
    /// <paramref name="passed"/>. The answer tells why this one is not among them.
    /// </summary>
    /// <param name="trade">The trade.</param>
    /// <param name="nowMs">Wall clock, Unix milliseconds; not looked at for replays.</param>
    /// <param name="passed">Receives the trades to use.</param>
    public SanityReason Check(in MarketTrade trade, long nowMs, List<MarketTrade> passed)
    {
        var reason = Judge(trade, nowMs);
        if (reason == SanityReason.None)
        {
            if (_withheld.Count > 0)
                Refute();
            Pass(trade, passed);
            return SanityReason.None;
        }

        if (reason != SanityReason.OutOfBand)
        {
            _quarantined[(int)reason]++;
            return reason;
        }

        if (_withheld.Count > 0 && !Near(trade.Price.Value, _withheld[^1].Price.Value, limits.Band))
            Refute();
        _withheld.Add(trade);
        _lastId = trade.Id;
        if (_withheld.Count < limits.Confirmations)
            return SanityReason.OutOfBand;
        foreach (var held in _withheld)
            Pass(held, passed);
        _withheld.Clear();
        return SanityReason.None;
    }

    /// <summary>Judges a best quote against itself and the last trade. Outside the band it is believed when it persists.</summary>
    public SanityReason Check(in BookTop top)
    {
        var reason = Judge(top);
        if (reason == SanityReason.OutOfBand && ++_strangeTops >= limits.Confirmations)
            return SanityReason.None;
        if (reason == SanityReason.None)
            _strangeTops = 0;
        else
            _quarantined[(int)reason]++;
        return reason;
    }

    private SanityReason Judge(in BookTop top)
    {
        if (top.Bid.Value <= 0m || top.Ask.Value <= 0m || top.BidQuantity.Value < 0m || top.AskQuantity.Value < 0m)
            return SanityReason.NotPositive;
        if (top.Bid >= top.Ask)
            return SanityReason.Crossed;
        var band = Band(top.TimeMs);
        return _reference == 0m || (Near(top.Bid.Value, _reference, band) && Near(top.Ask.Value, _reference, band))
            ? SanityReason.None
            : SanityReason.OutOfBand;
    }

    private SanityReason Judge(in MarketTrade trade, long nowMs)
    {
        if (trade.Price.Value <= 0m || trade.Quantity.Value < 0m || (trade.Quantity.Value == 0m && !limits.AllowZeroQuantity))
            return SanityReason.NotPositive;
        if (trade.Id <= _lastId)
            return SanityReason.NotRising;
        if (limits.CheckClock && trade.TimeMs > nowMs + limits.MaxAheadMs)
            return SanityReason.FromTheFuture;
        if ((limits.CheckClock && trade.TimeMs < nowMs - limits.MaxAgeMs) || trade.TimeMs < _lastTimeMs - limits.MaxBackMs)
            return SanityReason.TooOld;
        return _reference == 0m || Near(trade.Price.Value, _reference, Band(trade.TimeMs))
            ? SanityReason.None
            : SanityReason.OutOfBand;
    }

    private decimal Band(long timeMs) => timeMs - _lastTimeMs >= limits.SilenceMs ? limits.BandAfterSilence : limits.Band;

    private void Pass(in MarketTrade trade, List<MarketTrade> passed)
    {
        _reference = trade.Price.Value;
        _lastId = trade.Id;
        _lastTimeMs = Math.Max(_lastTimeMs, trade.TimeMs);
        _strangeTops = 0;
        passed.Add(trade);
    }

    private void Refute()
    {
        _quarantined[(int)SanityReason.OutOfBand] += _withheld.Count;
        _withheld.Clear();
    }

    private static bool Near(decimal price, decimal reference, decimal band) =>
        price <= reference * band && reference <= price * band;
}
