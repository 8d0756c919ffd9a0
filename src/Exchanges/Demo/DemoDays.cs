namespace Lastro.Exchanges.Demo;

/// <summary>
/// The logarithm of each pair's price at midnight, relative to its usual price: a random walk made by midpoint displacement, so
/// that any day is found in 17 steps without walking there. Calm and wild weeks alternate, some days jump, and over years the
/// price comes back.
/// </summary>
internal sealed class DemoDays
{
    private const int Levels = 17;

    /// <summary>1850-01-01 in days from the epoch; 2^17 days later it is 2208.</summary>
    private const long FirstDay = -43_829;

    /// <summary>Spans longer than this many days are displaced as if they were this long: the walk stays near home.</summary>
    private const long HomeDays = 128;

    /// <summary>2026-01-01: the day on which every pair has its usual price.</summary>
    private const long UsualDay = 20_454;

    private readonly IReadOnlyList<DemoPair> _pairs;
    private readonly DemoNoise[] _noise;
    private readonly int[][] _leaders;
    private readonly double[] _usual;

    public DemoDays(IReadOnlyList<DemoPair> pairs, long seed)
    {
        _pairs = pairs;
        _noise = [.. pairs.Select((_, index) => new DemoNoise(seed, index))];
        var index = pairs.Select((pair, at) => (pair.Name, at)).ToDictionary(StringComparer.Ordinal);
        _leaders = [.. pairs.Select(pair => pair.Leaders.Select(leader => index[leader.Pair]).ToArray())];
        _usual = [.. pairs.Select((_, at) => Own(at, UsualDay))];
    }

    public DemoNoise NoiseOf(int pair) => _noise[pair];

    /// <summary>The pair whose rhythm it shares within the day: its leader's leader, or the pair itself when it follows nobody.</summary>
    public int LeaderOf(int pair) => _leaders[pair].Length > 0 ? LeaderOf(_leaders[pair][0]) : pair;

    /// <summary>Which way a pair is pushed at a place within the day, with its leader's push in it; about normal.</summary>
    public double PushAt(int pair, long place)
    {
        var own = _noise[pair].Normal(place, 21);
        if (_leaders[pair].Length == 0)
            return own;
        var shared = _pairs[pair].Correlation;
        return (shared * PushAt(_leaders[pair][0], place)) + (Math.Sqrt(1 - (shared * shared)) * own);
    }

    /// <summary>Logarithm of price over usual price at the start of a day.</summary>
    public double LogAt(int pair, long day)
    {
        var sum = Own(pair, day) - _usual[pair];
        for (var i = 0; i < _leaders[pair].Length; i++)
            sum += _pairs[pair].Leaders[i].Share * LogAt(_leaders[pair][i], day);
        return sum;
    }

    /// <summary>Standard deviation of the day's whole move, from calm (a third) to wild (three times the usual).</summary>
    public double VolatilityOf(int pair, long day)
    {
        var variance = _pairs[pair].DailyVolatility * Mood(pair, day);
        variance *= variance;
        for (var i = 0; i < _leaders[pair].Length; i++)
        {
            var shared = _pairs[pair].Leaders[i].Share * VolatilityOf(_leaders[pair][i], day);
            variance += shared * shared;
        }

        return Math.Sqrt(variance);
    }

    private double Own(int pair, long day)
    {
        var volatility = _pairs[pair].DailyVolatility;
        if (volatility == 0)
            return 0;
        var place = Math.Clamp(day - FirstDay, 0, 1L << Levels);
        var (left, length, leftLog, rightLog) = (0L, 1L << Levels, 0.0, 0.0);
        while (length > 1)
        {
            if (place == left)
                return leftLog;
            length >>= 1;
            var middle = left + length;
            var spread = volatility * Math.Sqrt(Math.Min(2 * length, HomeDays)) / 2;
            if (length <= 16)
                spread *= Mood(pair, middle + FirstDay);
            var move = _noise[pair].Normal(middle, 1) * spread;
            if (length == 1 && _noise[pair].Even(middle, 2) < 0.02)
                move *= 3;
            var middleLog = ((leftLog + rightLog) / 2) + move;
            if (place < middle)
                rightLog = middleLog;
            else
                (left, leftLog) = (middle, middleLog);
        }

        return place == left ? leftLog : rightLog;
    }

    /// <summary>A slow wave of calm and unrest: smooth noise over some weeks and over some days.</summary>
    private double Mood(int pair, long day) => Math.Exp(Math.Clamp((0.45 * Wave(pair, day, 24, 3)) + (0.3 * Wave(pair, day, 5, 4)), -1.1, 1.1));

    private double Wave(int pair, long day, long length, int salt)
    {
        var at = Math.DivRem(day - FirstDay, length);
        var (from, to) = (_noise[pair].Normal(at.Quotient, salt), _noise[pair].Normal(at.Quotient + 1, salt));
        return from + ((to - from) * at.Remainder / length);
    }
}
