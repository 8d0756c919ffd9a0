using System.Globalization;
using System.Text;
using Lastro.Server.Backtests;

namespace Lastro.Server.Tests.Backtests;

public sealed class EquityCsvTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(99_999)]
    [InlineData(100_001)]
    [InlineData(3_000_000)]
    public void A_long_run_keeps_its_extremes_its_ends_and_its_order_in_few_rows(int closes)
    {
        var (chance, equity, csv) = (new Random(closes), 10_000.0, new EquityCsv());
        var values = new double[closes];
        for (var at = 0; at < closes; at++) values[at] = equity *= 1 + ((chance.NextDouble() - 0.5) * 0.001);
        long[] times = [.. Enumerable.Range(0, closes).Select(at => at * 60_000L)];
        for (var at = 0; at < closes; at += 4_096) csv.Add(times.AsSpan(at, Math.Min(4_096, closes - at)), values.AsSpan(at, Math.Min(4_096, closes - at)));

        var lines = Encoding.ASCII.GetString(csv.ToBytes()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("open_time_ms,equity");
        var rows = lines[1..].Select(line => line.Split(',')).Select(cells => (Time: long.Parse(cells[0]), Equity: double.Parse(cells[1], CultureInfo.InvariantCulture))).ToList();
        rows.Count.ShouldBeInRange(Math.Min(closes, 20_000), EquityCsv.MostRows);
        if (closes < EquityCsv.MostRows) rows.Count.ShouldBe(closes);
        rows.Zip(rows.Skip(1)).ShouldAllBe(pair => pair.First.Time < pair.Second.Time);
        rows.ShouldAllBe(row => values[row.Time / 60_000] == row.Equity);
        (rows[^1].Time, rows.Max(row => row.Equity), rows.Min(row => row.Equity)).ShouldBe((times[^1], values.Max(), values.Min()));
    }
}
