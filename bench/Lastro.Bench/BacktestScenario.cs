using System.Diagnostics;
using System.Globalization;
using Lastro.Bounds;
using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Strategies;

namespace Lastro.Bench;

/// <summary>
/// Whole backtests of documents over a million candles of chance: rules, simulation, equity and figures; reading and hashing aside. Beside them a
/// bare loop that knows only this one strategy. First 200 pairs streamed with the memory they take, last a sweep on two threads.
/// </summary>
internal static class BacktestScenario
{
    private const int Rows = 1_000_000;
    private const int Runs = 9;

    private const string Cross = """{ "timeframe": "1m", "inputs": { "fast": 10, "slow": 30 }, "define": { "f": "sma(close, fast)", "s": "sma(close, slow)" }, "enter": "crosses_above(f, s)", "exit": "crosses_below(f, s)" }""";

    private const string Reversal = """{ "timeframe": "1m", "define": { "r": "rsi(close, 14)" }, "enter": "r < 30", "exit": "r > 70", "takeProfit": "15%", "stopLoss": "3%" }""";

    private const string Ten = """
        { "timeframe": "1m", "enter": "ema(close, 20) > ema(close, 50) and rsi(close, 14) < 70 and macd(close, 12, 26, 9).histogram > 0 and close > bollinger(close, 20, 2).middle",
          "exit": "adx(14).adx < 15 or close < supertrend(10, 3).line or stoch(14, 3, 3).k > 95 or mfi(14) > 90 or close < sma(close, 30) - 2 * atr(14)", "stopLoss": "3%" }
        """;

    public static Task Run(string shared)
    {
        Streamed();
        var tape = Walk(Rows);
        var source = new ColumnSource("CHANCE", 60_000, tape, Rows);
        Line("SMA 10/30 cross", Cross, source, ">= 30 M/s", () => BareBacktest.Cross(tape.Open, tape.Close));
        Line("RSI 14, +15 % / -3 %", Reversal, source, ">= 30 M/s", () => BareBacktest.Rsi(tape.Open, tape.High, tape.Low, tape.Close));
        Line("ten indicators", Ten, source, ">= 8 M/s", null);
        SweepLine(source);
        return Task.CompletedTask;
    }

    private static void Line(string what, string document, ColumnSource source, string wanted, Action? bound)
    {
        var strategy = Read(document);
        var options = new BacktestOptions { Clock = TimeProvider.System };
        var (speeds, bytes, trades) = (new List<double>(), 0L, 0);
        for (var run = 0; run < Runs + 2; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var report = strategy.Backtest([source], options);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            trades = report.Trades.Count;
            if (run >= 2) speeds.Add(report.CandlesPerSecond ?? 0);
        }

        speeds.Sort();
        var ours = (speeds[Runs / 2], (double)bytes / Rows);
        // A candle in memory is six columns of eight bytes.
        var perCandle = ours.Item2 + 48;
        if (bound is not null)
            Meter.Print($"backtest, {what}, {trades} trades", ours, "bare loop", Meter.Measure(Rows, bound), wanted);
        else
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"backtest, {what}, {trades} trades {ours.Item1 / 1e6:F2} M/s {ours.Item2:F1} B each | wanted {wanted}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {perCandle:F1} bytes a candle with its columns | wanted <= 150"));
    }

    private static void SweepLine(ColumnSource source)
    {
        var grid = new SweepGrid([new SweepAxis("fast", 5, 43, 2), new SweepAxis("slow", 50, 148, 2)]);
        var options = new SweepOptions { Jobs = 2 };
        var sweep = Read(Cross).Sweep(grid, source, options);
        _ = sweep.RunChunk(0);
        var clock = Stopwatch.StartNew();
        var rows = sweep.Run();
        var ours = grid.Count / clock.Elapsed.TotalSeconds;
        var bound = BareSweep(source.Columns, grid);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"sweep, {grid.Count} SMA crosses on two threads {ours,8:F0} runs/s, {rows.Sum(row => row.Metrics?.Trades ?? 0) / grid.Count} trades each | bare loops over shared columns {bound:F0} runs/s | {ours / bound:P0} | wanted >= 100 runs/s"));
    }

    private static double BareSweep(CandleColumns tape, SweepGrid grid)
    {
        var clock = Stopwatch.StartNew();
        var lengths = Enumerable.Range(0, grid.Count).SelectMany(at => grid[at].Values).Distinct().ToArray();
        var columns = new Dictionary<double, double[]>();
        foreach (var length in lengths)
        {
            var column = new double[Rows];
            BareIndicators.Sma(tape.Close, column, (int)length);
            columns.Add(length, column);
        }

        var next = -1;
        void Work()
        {
            while (Interlocked.Increment(ref next) is var at && at < grid.Count)
                _ = BareBacktest.Cross(tape.Open, tape.Close, columns[grid[at]["fast"]], columns[grid[at]["slow"]]);
        }

        var other = new Thread(Work);
        other.Start();
        Work();
        other.Join();
        return grid.Count / clock.Elapsed.TotalSeconds;
    }

    // 200 pairs, a year of five minutes: made while it is read, so that nothing but the run takes memory.
    private static void Streamed()
    {
        const int pairs = 200, rows = 365 * 288;
        var strategy = Read(Ten.Replace("\"1m\"", "\"5m\"", StringComparison.Ordinal).Replace("{ \"timeframe\"", "{ \"size\": \"2%\", \"timeframe\"", StringComparison.Ordinal));
        ICandleSource[] sources = [.. Enumerable.Range(0, pairs).Select(pair => new MadeSource($"PAIR{pair}", pair, rows))];
        var (most, clock) = (0L, Stopwatch.StartNew());
        var report = strategy.Backtest(sources, new BacktestOptions { Clock = TimeProvider.System, Progress = _ => most = Math.Max(most, GC.GetTotalMemory(false)) });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"streamed, {pairs} pairs x {rows} candles, {report.Trades.Count} trades {report.Candles / clock.Elapsed.TotalSeconds / 1e6:F2} M/s, heap at most {most / 1048576.0:F0} MiB, process {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:F0} MiB | wanted < 1024 MiB"));
    }

    private static Strategy Read(string document) =>
        Strategy.Read(document, out var errors) ?? throw new InvalidDataException(errors[0].ToString());

    private static CandleColumns Walk(int rows)
    {
        var (tape, maker) = (Candles.Make(rows), new Maker(7, 60_000));
        for (var row = 0; row < rows; row++) maker.Next(tape, row);
        return tape;
    }

    private sealed class Maker(int seed, long stepMs)
    {
        private readonly Random _random = new(seed);
        private double _price = 30_000;
        private long _row;

        public void Next(CandleColumns tape, int row)
        {
            tape.OpenTimeMs[row] = 1_577_836_800_000 + (_row++ * stepMs);
            tape.Open[row] = _price;
            _price *= 1 + ((_random.NextDouble() - 0.5) / 500);
            tape.Close[row] = _price;
            tape.High[row] = Math.Max(tape.Open[row], _price) * (1 + (_random.NextDouble() / 2_000));
            tape.Low[row] = Math.Min(tape.Open[row], _price) * (1 - (_random.NextDouble() / 2_000));
            tape.Volume[row] = _random.NextDouble();
        }
    }

    private sealed class MadeSource(string symbol, int seed, int rows) : ICandleSource
    {
        public string Symbol => symbol;

        public long? StepMs => 300_000;

        public ICandleReader Open() => new Reader(new Maker(seed, 300_000), rows);

        private sealed class Reader(Maker maker, int rows) : ICandleReader
        {
            private int _left = rows;

            public CandleColumns Columns { get; } = Candles.Make(4096);

            public int Offset => 0;

            public int Read(int most)
            {
                var count = Math.Min(_left, Math.Min(most, 4096));
                for (var row = 0; row < count; row++) maker.Next(Columns, row);
                _left -= count;
                return count;
            }

            public void Dispose() => _left = 0;
        }
    }
}
