using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>Candles whose reader gives rows in portions of chance, each time in other columns: what a file or an archive does.</summary>
internal sealed class RaggedSource(ColumnSource whole, int seed) : ICandleSource
{
    public string Symbol => whole.Symbol;

    public long? StepMs => whole.StepMs;

    public ICandleReader Open() => new Reader(whole.Open(), new Random(seed));

    private sealed class Reader(ICandleReader inner, Random random) : ICandleReader
    {
        public CandleColumns Columns { get; private set; } = Candles.Make(0);

        public int Offset { get; private set; }

        public int Read(int most)
        {
            var rows = inner.Read(random.Next(1, Math.Min(most, 900) + 1));
            Offset = random.Next(3);
            Columns = Candles.Make(rows + Offset + random.Next(3));
            Candles.Copy(inner.Columns, inner.Offset, Columns, Offset, rows);
            return rows;
        }

        public void Dispose() => inner.Dispose();
    }
}

internal static class Documents
{
    /// <summary>A document that has to be right.</summary>
    public static Strategy Read(string json)
    {
        var strategy = Strategy.Read(json, out var errors);
        errors.ShouldBeEmpty();
        return strategy!;
    }

    /// <summary>Some rows of columns.</summary>
    public static CandleColumns Pick(CandleColumns from, int[] rows) => new()
    {
        OpenTimeMs = [.. rows.Select(row => from.OpenTimeMs[row])],
        Open = [.. rows.Select(row => from.Open[row])],
        High = [.. rows.Select(row => from.High[row])],
        Low = [.. rows.Select(row => from.Low[row])],
        Close = [.. rows.Select(row => from.Close[row])],
        Volume = [.. rows.Select(row => from.Volume[row])],
    };

    /// <summary>Hourly candles in memory, moved to full hours.</summary>
    public static ColumnSource Hourly(CandleColumns columns, string symbol = "TEST")
    {
        for (var row = 0; row < columns.OpenTimeMs.Length; row++)
            columns.OpenTimeMs[row] -= columns.OpenTimeMs[row] % 3_600_000;
        return new ColumnSource(symbol, 3_600_000, columns, columns.Close.Length);
    }
}
