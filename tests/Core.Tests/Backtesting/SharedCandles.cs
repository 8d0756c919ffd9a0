using System.Globalization;
using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>Candle files of the shared folder in memory.</summary>
internal static class SharedCandles
{
    public static ColumnSource Load(string relative)
    {
        var rows = SharedData.Lines(relative).Skip(1).Select(line => line.Split(',')).ToArray();
        var columns = new CandleColumns
        {
            OpenTimeMs = [.. rows.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture))],
            Open = Column(rows, 1),
            High = Column(rows, 2),
            Low = Column(rows, 3),
            Close = Column(rows, 4),
            Volume = Column(rows, 5),
        };
        var step = columns.OpenTimeMs.Zip(columns.OpenTimeMs.Skip(1), (a, b) => b - a).GroupBy(step => step).OrderByDescending(group => group.Count()).First().Key;
        return new ColumnSource(Path.GetFileName(relative).Split('.')[0], step, columns, rows.Length);
    }

    private static double[] Column(string[][] rows, int column) =>
        [.. rows.Select(row => row[column].Length == 0 ? double.NaN : double.Parse(row[column], CultureInfo.InvariantCulture))];
}
