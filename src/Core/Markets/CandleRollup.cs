namespace Lastro.Core.Markets;

/// <summary>
/// Builds the candles of a longer timeframe from shorter ones, given in order. A span is complete when its shorter candles are
/// complete and follow each other without a hole from its start to its end. Not thread-safe.
/// </summary>
/// <param name="target">The longer timeframe (or the same).</param>
/// <param name="source">The shorter one; one minute unless told.</param>
public sealed class CandleRollup(Timeframe target, Timeframe? source = null)
{
    private readonly Timeframe _source = source ?? Timeframe.Minute;

    // All candles of the span but the last one, which may still be replaced.
    private Candle? _before;
    private bool _beforeComplete;
    private EndedCandle? _last;
    private long _open;

    /// <summary>The timeframe built.</summary>
    public Timeframe Target => target;

    /// <summary>The running span as far as ended candles tell; null before the first and after the end of a span.</summary>
    public Candle? Current => _last is { } last && !Ends(last.Candle) ? Whole(last.Candle) : null;

    /// <summary>
    /// Adds an ended candle, or replaces the last one when it has the same open time. Spans that end (again) are appended to
    /// <paramref name="ended"/>. False when the candle is older than the last one: make a new rollup from stored candles.
    /// </summary>
    public bool Add(in EndedCandle candle, List<EndedCandle> ended)
    {
        var openTime = candle.Candle.OpenTimeMs;
        if (_last is { } last)
        {
            if (openTime < last.Candle.OpenTimeMs)
                return false;
            if (openTime == last.Candle.OpenTimeMs)
                return Take(candle, ended);
            if (target.OpenOf(openTime) == _open)
            {
                _beforeComplete &= last.Complete && _source.NextOpen(last.Candle.OpenTimeMs) == openTime;
                _before = Whole(last.Candle);
                return Take(candle, ended);
            }

            if (!Ends(last.Candle))
                ended.Add(new EndedCandle(Whole(last.Candle), Complete: false));
        }

        _open = target.OpenOf(openTime);
        _before = null;
        _beforeComplete = openTime == _open;
        return Take(candle, ended);
    }

    /// <summary>The running span with the running minute in it, for display.</summary>
    public Candle With(in Candle running)
    {
        var open = target.OpenOf(running.OpenTimeMs);
        if (_last is not { } last || open != _open)
            return running with { OpenTimeMs = open };
        if (running.OpenTimeMs > last.Candle.OpenTimeMs)
            return Join(Whole(last.Candle), running);
        return _before is { } before ? Join(before, running) : running with { OpenTimeMs = open };
    }

    /// <summary>
    /// All spans of ordered candles, from the rows present (holes allowed). A span that began before the first row is left out;
    /// the last one is given with Complete false when its end was not seen.
    /// </summary>
    public static IEnumerable<EndedCandle> Of(IEnumerable<Candle> candles, Timeframe target, Timeframe? source = null)
    {
        var rollup = new CandleRollup(target, source);
        var ended = new List<EndedCandle>(2);
        long? first = null;
        foreach (var candle in candles)
        {
            first ??= candle.OpenTimeMs;
            if (!rollup.Add(new EndedCandle(candle, Complete: true), ended))
                throw new ArgumentException($"The candle of {candle.OpenTimeMs} is not in order.", nameof(candles));
            foreach (var span in ended)
            {
                if (span.Candle.OpenTimeMs >= first)
                    yield return span;
            }

            ended.Clear();
        }

        if (rollup.Current is { } rest && rest.OpenTimeMs >= first)
            yield return new EndedCandle(rest, Complete: false);
    }

    private bool Take(in EndedCandle candle, List<EndedCandle> ended)
    {
        _last = candle;
        if (Ends(candle.Candle))
            ended.Add(new EndedCandle(Whole(candle.Candle), _beforeComplete && candle.Complete));
        return true;
    }

    private bool Ends(in Candle candle) => _source.NextOpen(candle.OpenTimeMs) >= target.NextOpen(_open);

    private Candle Whole(in Candle last) => _before is { } before ? Join(before, last) : last with { OpenTimeMs = _open };

    private static Candle Join(in Candle left, in Candle right) => new()
    {
        OpenTimeMs = left.OpenTimeMs,
        Open = left.Open,
        High = left.High >= right.High ? left.High : right.High,
        Low = left.Low <= right.Low ? left.Low : right.Low,
        Close = right.Close,
        Volume = left.Volume + right.Volume,
        QuoteVolume = left.QuoteVolume + right.QuoteVolume,
        TakerBuyVolume = left.TakerBuyVolume + right.TakerBuyVolume,
        TakerBuyQuoteVolume = left.TakerBuyQuoteVolume + right.TakerBuyQuoteVolume,
        Trades = left.Trades + right.Trades,
    };
}
