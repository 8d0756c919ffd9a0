using Lastro.Core.Backtesting;
using Lastro.Core.Performance;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Backtesting;

public sealed class SweepTests
{
    private static readonly Strategy _strategy = Documents.Read("""
        { "name": "cross", "timeframe": "1h", "inputs": { "fast": 5, "slow": 20, "unused": 1 }, "enter": "crosses_above(sma(close, fast), ema(close, slow))",
          "exit": "crosses_below(sma(close, fast), ema(close, slow))", "stopLoss": "2%" }
        """);

    private static readonly SweepGrid _grid = new([new SweepAxis("fast", 0, 6, 1), new SweepAxis("slow", 10, 30, 5)]);
    private static readonly ColumnSource _source = Documents.Hourly(Tapes.Walk(6_000));

    [Fact]
    public void A_combination_gives_what_its_backtest_gives()
    {
        var options = new BacktestOptions { FromMs = _source.Columns.OpenTimeMs[300], Slippage = 0.001 };
        foreach (var (jobs, chunk, block) in new[] { (1, 128, 1024), (2, 4, 64), (3, 1, 4096) })
        {
            var rows = _strategy.Sweep(_grid, _source, new SweepOptions { Backtest = options, Jobs = jobs, ChunkSize = chunk, BlockRows = block }).Run();
            rows.Count.ShouldBe(35);
            rows.Select(row => row.Combination).Order().ShouldBe(Enumerable.Range(0, 35));
            foreach (var row in rows)
            {
                var alone = _strategy.With(row.Inputs, out _)?.Backtest([_source], options);
                row.Metrics.ShouldBe(alone?.Metrics);
                row.Final.ShouldBe(alone?.Final ?? 10_000);
            }

            rows.Count(row => row.Metrics is null).ShouldBe(5, "an average of 0 rows is refused");
        }
    }

    [Fact]
    public void Ranks_by_any_metric_and_leaves_out_nobody()
    {
        var rows = _strategy.Sweep(_grid, _source, new SweepOptions { Rank = "maxDrawdown" }).Run();
        rows.Take(30).Select(row => row.Metrics!.MaxDrawdown!.Value).ShouldBeInOrder();
        rows.Skip(30).ShouldAllBe(row => row.Metrics == null);
        Sweep.Rank(rows, "return").Take(30).Select(row => -row.Metrics!.Return!.Value).ShouldBeInOrder();
        Should.Throw<ArgumentException>(() => _strategy.Sweep(_grid, _source, new SweepOptions { Rank = "luck" }));
    }

    [Fact]
    public void Goes_on_where_it_was_stopped()
    {
        var done = new Dictionary<int, IReadOnlyList<SweepRow>>();
        using var stop = new CancellationTokenSource();
        var options = new SweepOptions
        {
            ChunkSize = 4,
            Jobs = 2,
            Progress = progress =>
            {
                done.Add(progress.Chunk, progress.Rows);
                progress.Count.ShouldBe(35);
                if (done.Count == 3) stop.Cancel();
            },
        };
        Should.Throw<OperationCanceledException>(() => _strategy.Sweep(_grid, _source, options).Run(null, stop.Token));
        done.Count.ShouldBeInRange(3, 4);

        var (again, chunks) = (new Dictionary<int, IReadOnlyList<SweepRow>>(done), new List<int>());
        var sweep = _strategy.Sweep(_grid, _source, options with { Progress = progress => chunks.Add(progress.Chunk) });
        var rows = sweep.Run(again);
        chunks.ShouldNotContain(chunk => done.ContainsKey(chunk));
        (chunks.Count + done.Count).ShouldBe(sweep.Chunks);
        rows.Select(row => (row.Combination, row.Final)).ShouldBe(_strategy.Sweep(_grid, _source, new SweepOptions()).Run().Select(row => (row.Combination, row.Final)));
        foreach (var chunk in chunks) again.Add(chunk, sweep.RunChunk(chunk));
        sweep.Run(again).Select(row => row.Combination).ShouldBe(rows.Select(row => row.Combination), "nothing was left to do");
        sweep.RunChunk(8).Select(row => row.Combination).ShouldBe([32, 33, 34]);
    }

    [Fact]
    public void A_failure_of_a_thread_is_the_failure_of_the_sweep()
    {
        var sweep = new Sweep(Timeframe.Parse("1h"), _grid, (_, _) => throw new InvalidOperationException("broken"), _source, new SweepOptions { Jobs = 2, ChunkSize = 3 });
        Should.Throw<InvalidOperationException>(() => sweep.Run()).Message.ShouldBe("broken");
    }

    [Theory]
    [InlineData(5, 50, 5, 10)]
    [InlineData(0.1, 0.3, 0.1, 3)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 2, 0.3, 4)]
    [InlineData(-0.3, 0.3, 0.05, 13)]
    [InlineData(0, 1e9, 1, 1_000_001)]
    public void An_axis_takes_its_end_when_a_step_reaches_it(double from, double to, double step, int count)
    {
        var axis = new SweepAxis("x", from, to, step);
        axis.Count.ShouldBe(count);
        if (count < 100) axis[count - 1].ShouldBeInRange(to - step + 1e-9, to);
    }

    [Fact]
    public void Values_of_an_axis_are_those_one_would_write()
    {
        var axis = new SweepAxis("x", 0.1, 0.7, 0.1);
        Enumerable.Range(0, axis.Count).Select(index => axis[index]).ShouldBe([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
        foreach (var odd in new SweepAxis[] { new("x", 1, 0, 1), new("x", 0, 1, 0), new("x", 0, 1, -1), new("x", double.NaN, 1, 1), new("x", 0, double.PositiveInfinity, 1), new("x", 0, 1, double.NaN) })
        {
            odd.Count.ShouldBe(0);
            Should.Throw<ArgumentException>(() => new SweepGrid([odd]));
        }

        Should.Throw<ArgumentException>(() => new SweepGrid([new SweepAxis("x", 1, 2, 1), new SweepAxis("x", 1, 2, 1)]));
        Should.Throw<ArgumentException>(() => new SweepGrid([new SweepAxis("x", 1, 1001, 1), new SweepAxis("y", 1, 1000, 1)]));
        Should.Throw<ArgumentException>(() => new SweepGrid([]));
    }

    [Fact]
    public void Walks_forward_with_the_best_of_each_training()
    {
        var sweep = _strategy.Sweep(_grid, _source, new SweepOptions { Rank = "return", ChunkSize = 10, Jobs = 2 });
        var report = WalkForwardRun.Run(sweep, new WalkForwardOptions { Windows = 4 });
        report.Steps.Count.ShouldBe(4);
        var cash = 10_000.0;
        foreach (var step in report.Steps)
        {
            var window = step.Result.Window;
            var training = new BacktestOptions { FromMs = _source.Columns.OpenTimeMs[window.TrainFrom], ToMs = _source.Columns.OpenTimeMs[window.TrainTo] };
            var returns = Enumerable.Range(0, 35).Select(at => _strategy.With(_grid[at], out _)?.Backtest([_source], training).Metrics.Return).ToArray();
            step.Result.Training.Return.ShouldBe(returns.Max());
            step.Inputs.ShouldBe(_grid[Array.IndexOf(returns, returns.Max())]);

            var test = new BacktestOptions { Cash = cash, FromMs = step.TestFromMs, ToMs = step.TestToMs };
            var alone = _strategy.With(step.Inputs!, out _)!.Backtest([_source], test);
            step.Result.Test.ShouldBe(alone.Metrics);
            cash = alone.Final;
        }

        report.Equity.Final.ShouldBe(cash);
        report.OutOfSample.Return!.Value.ShouldBe((cash / 10_000) - 1, 1e-12);
        report.OutOfSample.Trades.ShouldBe(report.Trades.Count);
        report.Steps[^1].TestToMs.ShouldBe(_source.Columns.OpenTimeMs[^1] + 3_600_000);
    }
}
