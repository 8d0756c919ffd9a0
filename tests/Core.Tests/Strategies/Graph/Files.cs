using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>Candle files to run graphs over, and runs cut in different ways.</summary>
internal static class Files
{
    /// <summary>2023-11-15 00:00 UTC, a Wednesday in the middle of a month: the first week and month are not whole.</summary>
    public const long Start = 1_700_006_400_000;

    public static IEnumerable<Bar> Bars(CandleColumns tape) => Enumerable.Range(0, tape.Close.Length).Select(row => tape[row]);

    /// <summary>The tapes indicators must survive, at times of a file of this timeframe: whole, with gaps, off the grid.</summary>
    public static IEnumerable<(string Name, CandleColumns Tape)> All(Timeframe timeframe)
    {
        var random = new Random(5);
        foreach (var (name, tape) in Tapes.All())
        {
            yield return (name, At(Times(timeframe, tape.Close.Length, random, gaps: false, jitter: false), tape));
            yield return ($"{name}, gaps", At(Times(timeframe, tape.Close.Length, random, gaps: true, jitter: false), tape));
            yield return ($"{name}, off the grid", At(Times(timeframe, tape.Close.Length, random, gaps: true, jitter: true), tape));
        }
    }

    public static CandleColumns At(long[] times, CandleColumns tape) => new()
    {
        OpenTimeMs = times,
        Open = tape.Open,
        High = tape.High,
        Low = tape.Low,
        Close = tape.Close,
        Volume = tape.Volume,
    };

    /// <summary>Open times; a row off the grid stays within its span.</summary>
    public static long[] Times(Timeframe timeframe, int rows, Random random, bool gaps, bool jitter)
    {
        var (times, open) = (new long[rows], timeframe.OpenOf(Start));
        for (var row = 0; row < rows; row++)
        {
            times[row] = open + (jitter && random.Next(3) > 0 ? random.Next(1, 50_000) : 0);
            var skip = gaps && random.Next(12) == 0 ? random.Next(1, 40) : 1;
            for (; skip > 0; skip--)
                open = timeframe.NextOpen(open);
        }

        return times;
    }

    /// <summary>Sizes of blocks that sum up to the rows.</summary>
    public static IEnumerable<int> Cuts(int rows, int most, Random? random = null)
    {
        while (rows > 0)
        {
            var block = Math.Min(rows, random is null ? most : random.Next(0, most + 1));
            yield return block;
            rows -= block;
        }
    }
}
