using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>Candles to run indicators over: from chance, and of the nasty kinds.</summary>
internal static class Tapes
{
    /// <summary>A year-like walk: close to close within a percent, volumes around a thousand.</summary>
    public static CandleColumns Walk(int rows, int seed = 7, double start = 30_000)
    {
        var random = new Random(seed);
        var closes = new double[rows];
        for (var (row, price) = (0, start); row < rows; row++)
            closes[row] = price *= 1 + ((random.NextDouble() - 0.5) / 50);
        return Around(closes, random);
    }

    /// <summary>The tapes a streaming step must survive: each 700 rows.</summary>
    public static IEnumerable<(string Name, CandleColumns Tape)> All()
    {
        var random = new Random(11);
        yield return ("walk", Walk(700));
        yield return ("flat", Flat(Walk(700), 200, 500));
        yield return ("all flat", Flat(Walk(700), 0, 700));
        yield return ("huge", Scaled(Walk(700), 1e90));
        yield return ("tiny", Scaled(Walk(700), 1e-90));
        yield return ("steps of a billion", Around([.. Enumerable.Range(0, 700).Select(row => row % 97 < 5 ? 1e12 : 1e-3 * (1 + random.NextDouble()))], random));
        yield return ("one spike", Around([.. Enumerable.Range(0, 700).Select(row => row == 300 ? 1e15 : 1 + (1e-6 * random.NextDouble()))], random));
        yield return ("holes", Holed(Walk(700)));
        yield return ("no volume", WithVolume(Walk(700), _ => double.NaN));
        yield return ("volume of zero", WithVolume(Walk(700), row => row % 3 == 0 ? 5 : 0));
    }

    public static CandleColumns Around(double[] closes, Random random)
    {
        var rows = closes.Length;
        var tape = Empty(rows);
        for (var row = 0; row < rows; row++)
        {
            var (open, close) = (row == 0 ? closes[0] : closes[row - 1], closes[row]);
            tape.OpenTimeMs[row] = 1_700_000_000_000 + (row * 3_600_000L);
            (tape.Open[row], tape.Close[row]) = (open, close);
            tape.High[row] = Math.Max(open, close) * (1 + (random.NextDouble() / 200));
            tape.Low[row] = Math.Min(open, close) * (1 - (random.NextDouble() / 200));
            tape.Volume[row] = 1_000 * random.NextDouble();
        }

        return tape;
    }

    public static CandleColumns Empty(int rows) => new()
    {
        OpenTimeMs = new long[rows],
        Open = new double[rows],
        High = new double[rows],
        Low = new double[rows],
        Close = new double[rows],
        Volume = new double[rows],
    };

    private static double[][] Prices(CandleColumns tape) => [tape.Open, tape.High, tape.Low, tape.Close];

    private static CandleColumns Flat(CandleColumns tape, int from, int to)
    {
        foreach (var column in Prices(tape))
            Array.Fill(column, 0.1, from, to - from);
        return tape;
    }

    private static CandleColumns Scaled(CandleColumns tape, double by)
    {
        foreach (var column in Prices(tape))
        {
            for (var row = 0; row < column.Length; row++)
                column[row] *= by;
        }

        return tape;
    }

    private static CandleColumns WithVolume(CandleColumns tape, Func<int, double> volume)
    {
        for (var row = 0; row < tape.Volume.Length; row++)
            tape.Volume[row] = volume(row);
        return tape;
    }

    // Unknown now and then, singly and in stretches, also as infinity, in every column at its own rows.
    private static CandleColumns Holed(CandleColumns tape)
    {
        foreach (var (column, index) in Prices(tape).Append(tape.Volume).Select((column, index) => (column, index)))
        {
            for (var row = 37 + index; row < column.Length; row += 41 + index)
                column[row] = row % 2 == 0 ? double.NaN : double.PositiveInfinity;
            if (index == 3)
                Array.Fill(column, double.NaN, 350, 60);
        }

        return tape;
    }
}
