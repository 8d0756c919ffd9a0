namespace Lastro.Exchanges.Demo;

/// <summary>
/// One pair's candles as a pure function of seed and time. A day's candle comes from <see cref="DemoDays"/>; a candle is split in
/// two, again and again down to the minute, so that the parts always make the whole: same open, close, highest, lowest, volume.
/// Uneven splits give calm and wild hours.
/// </summary>
internal sealed class DemoPath(DemoPair pair, int index, DemoDays days)
{
    public const int DayMinutes = 1_440;

    private readonly DemoNoise _noise = days.NoiseOf(index);
    private readonly DemoNoise _leader = days.NoiseOf(days.LeaderOf(index));

    public DemoPair Pair => pair;

    public DemoNoise Noise => _noise;

    /// <summary>The whole day, counted from the epoch.</summary>
    public DemoSpan Day(long day) => Day(day, OpenOf(day), OpenOf(day + 1));

    /// <summary>The price a day opens at, in ticks.</summary>
    public long OpenOf(long day) => Ticks(days.LogAt(index, day));

    /// <summary>The whole day between known prices.</summary>
    public DemoSpan Day(long day, long open, long close)
    {
        var volatility = days.VolatilityOf(index, day);
        var up = Math.Abs(_noise.Normal(day, 11)) * volatility * 0.55;
        var down = Math.Abs(_noise.Normal(day, 12)) * volatility * 0.55;
        var high = Math.Max(open, close) + (long)(Math.Max(open, close) * (Math.Exp(up) - 1));
        var low = Math.Max(1, (long)(Math.Min(open, close) * Math.Exp(-down)));
        var price = (double)pair.Tick * (open + close) / 2;
        var move = (high - low) / (double)low / Math.Max(volatility, 1e-9);
        var volume = (double)pair.DailyQuoteVolume / price * (0.35 + (0.3 * move)) * Math.Exp(0.3 * _noise.Normal(day, 13));
        return new DemoSpan(day * DayMinutes, DayMinutes, new DemoTicks(open, high, low, close), (long)(volume / (double)pair.Step));
    }

    /// <summary>One minute, counted from the epoch.</summary>
    public DemoSpan Minute(long minute)
    {
        var span = Day(FloorDivide(minute, DayMinutes));
        while (span.Minutes > 1)
        {
            var (left, right) = Split(span);
            span = minute < right.StartMinute ? left : right;
        }

        return span;
    }

    /// <summary>The parts of a span with a length of 1, 15, 30, 60 or 120 minutes or the day, in order.</summary>
    public void Parts(in DemoSpan span, int length, List<DemoSpan> parts)
    {
        if (span.Minutes <= length)
        {
            parts.Add(span);
            return;
        }

        var (left, right) = Split(span);
        Parts(left, length, parts);
        Parts(right, length, parts);
    }

    public static long FloorDivide(long value, long divisor) => (value - (((value % divisor) + divisor) % divisor)) / divisor;

    private (DemoSpan Left, DemoSpan Right) Split(in DemoSpan span)
    {
        var unit = span.Minutes switch
        {
            > 120 => 120,
            > 60 => 60,
            > 30 => 30,
            > 15 => 15,
            _ => 1,
        };
        var first = span.Minutes / unit / 2 * unit;
        var place = (span.StartMinute * 2_048) + span.Minutes;
        var (left, right) = SplitPrices(span.Prices, (double)first / span.Minutes, place);
        var weight = first * Activity(left, right, place, 26);
        var other = (span.Minutes - first) * Activity(right, left, place, 27);
        var extra = (long)(span.ExtraSteps * (weight / (weight + other)));
        return (new DemoSpan(span.StartMinute, first, left, extra),
            new DemoSpan(span.StartMinute + first, span.Minutes - first, right, span.ExtraSteps - extra));
    }

    private double Activity(DemoTicks part, DemoTicks other, long place, int salt) =>
        (0.25 + (part.Range / (double)(part.Range + other.Range + 1))) * Math.Exp(0.35 * _noise.Normal(place, salt));

    private (DemoTicks Left, DemoTicks Right) SplitPrices(DemoTicks whole, double share, long place)
    {
        // A random walk's range is about 1.6 times its deviation; the middle of a bridge deviates by sqrt(t(1-t)) of that.
        var push = days.PushAt(index, place);
        var line = whole.Open + ((whole.Close - whole.Open) * share);
        var middle = Inside(line + (push * whole.Range / 1.6 * Math.Sqrt(share * (1 - share))), whole);
        var (leftTop, rightTop) = (Math.Max(whole.Open, middle), Math.Max(middle, whole.Close));
        var (leftEnd, rightEnd) = (Math.Min(whole.Open, middle), Math.Min(middle, whole.Close));
        var highLeft = leftTop == whole.High || (rightTop != whole.High && _leader.Even(place, 23) < Odds(leftTop - rightTop, whole.Range));
        var lowLeft = leftEnd == whole.Low || (rightEnd != whole.Low && _leader.Even(place, 24) < Odds(rightEnd - leftEnd, whole.Range));
        var wick = _noise.Bits(place, 25);
        return (
            new DemoTicks(
                whole.Open, highLeft ? whole.High : Wick(leftTop, whole.High, wick), lowLeft ? whole.Low : Wick(leftEnd, whole.Low, wick >> 16), middle),
            new DemoTicks(
                middle, highLeft && rightTop != whole.High ? Wick(rightTop, whole.High, wick >> 32) : whole.High,
                lowLeft && rightEnd != whole.Low ? Wick(rightEnd, whole.Low, wick >> 48) : whole.Low, whole.Close));
    }

    /// <summary>The half whose ends lie nearer to the extreme is likelier to hold it.</summary>
    private static double Odds(long lead, long range) => Math.Clamp(0.5 + (1.5 * lead / Math.Max(1, range)), 0.02, 0.98);

    /// <summary>The half without the extreme comes near it: half a random walk has about 0.7 of the whole's range.</summary>
    private static long Wick(long end, long extreme, ulong bits)
    {
        var share = (bits & 0xFFFF) / 65_536.0;
        return end + (long)Math.Round((extreme - end) * (0.11 + (0.6 * share)));
    }

    private static long Inside(double middle, DemoTicks whole)
    {
        if (middle > whole.High)
            middle = (2.0 * whole.High) - middle;
        else if (middle < whole.Low)
            middle = (2.0 * whole.Low) - middle;
        return Math.Clamp((long)Math.Round(middle), whole.Low, whole.High);
    }

    private long Ticks(double log) => Math.Max(10, (long)((double)(pair.Price / pair.Tick) * Math.Exp(log)));
}
