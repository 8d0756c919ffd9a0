using System.Runtime.InteropServices;
using Lastro.Core.Markets;

namespace Lastro.Core.Strategies;

/// <summary>Which timeframe a file's rows have, by the rules of the interfaces: it is their most frequent step.</summary>
public static class Timeframes
{
    private const long DayMs = 86_400_000;

    /// <summary>The most frequent step between rows in milliseconds, of equally frequent ones the smaller; null for fewer than two rows.</summary>
    /// <param name="openTimesMs">Ascending Unix milliseconds.</param>
    public static long? MostFrequentStep(ReadOnlySpan<long> openTimesMs)
    {
        var counts = new Dictionary<long, int>();
        // Steps come in stretches of the same: the dictionary is asked once for each stretch.
        var (step, stretch) = (0L, 0);
        for (var row = 1; row < openTimesMs.Length; row++)
        {
            var next = openTimesMs[row] - openTimesMs[row - 1];
            if (next != step)
            {
                Count(step, stretch);
                (step, stretch) = (next, 0);
            }

            stretch++;
        }

        Count(step, stretch);
        long? best = null;
        var most = 0;
        foreach (var (candidate, count) in counts)
        {
            if (count > most || (count == most && candidate < best))
                (best, most) = (candidate, count);
        }

        return best;

        void Count(long of, int rows)
        {
            if (rows > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, of, out _) += rows;
        }
    }

    /// <summary>True when a file of this step cannot give candles of the timeframe because they are finer than its rows.</summary>
    /// <param name="timeframe">The one wanted.</param>
    /// <param name="stepMs">Null (a file of one row) has any timeframe.</param>
    public static bool IsFiner(Timeframe timeframe, long? stepMs) =>
        stepMs is { } step && step > (timeframe.LengthMs == 0 ? 31 * DayMs : timeframe.LengthMs);

    /// <summary>True when rows of this step are already candles of the timeframe; months step by 28 to 31 days.</summary>
    /// <param name="timeframe">The one wanted.</param>
    /// <param name="stepMs">Null (a file of one row) has any timeframe.</param>
    public static bool IsEqual(Timeframe timeframe, long? stepMs) =>
        stepMs is not { } step || (timeframe.LengthMs == 0 ? step is >= 28 * DayMs and <= 31 * DayMs : step == timeframe.LengthMs);

    /// <summary>True when <paramref name="timeframe"/> is longer than <paramref name="other"/>.</summary>
    public static bool IsCoarser(Timeframe timeframe, Timeframe other) => LengthMs(timeframe) > LengthMs(other);

    /// <summary>The length with months counted as 30 days: longer than every other, and for comparing only.</summary>
    internal static long LengthMs(Timeframe timeframe) => timeframe.LengthMs == 0 ? 30 * DayMs : timeframe.LengthMs;

    /// <summary>Exclusive end of the candle that holds a time, Unix milliseconds.</summary>
    internal static long EndOf(Timeframe timeframe, long timeMs) => timeframe.NextOpen(timeframe.OpenOf(timeMs));
}
