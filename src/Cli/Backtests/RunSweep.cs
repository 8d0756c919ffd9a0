using System.Diagnostics;
using System.Globalization;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Output;
using Lastro.Cli.Strategies;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Backtests;

/// <summary>lastro sweep.</summary>
internal static class RunSweep
{
    public static readonly Command Command = new()
    {
        Name = "sweep",
        Summary = "Runs a strategy with every combination of some inputs over the same candles",
        Options =
        [
            .. RunFlags.All,
            new("--set", "NAME=FROM..TO:STEP", "values of an input") { Needed = true, Many = true },
            new("--rank", "FIGURE (sharpe)", "the figure that ranks, by its name in the report"),
            new("--jobs", "N", "threads (default: the machine's processors)"),
            new("--walk-forward", "N", "chooses in N windows and tests each choice on the candles that follow it"),
            new("--csv", "FILE", "writes every combination with all its figures"),
            new("--top", "N (20)", "rows shown"),
            .. RunBacktest.Outputs,
        ],
        More = """
            --trades, --equity and --html are those of the best combination; with --walk-forward --trades are those of the tests.

              lastro sweep --strategy rsi.json --candles BTCUSDT.csv.gz --set length=5..50:5 --set low=20..40:5
              lastro sweep --strategy rsi.json --candles BTCUSDT_1h --set length=5..30 --rank calmar --walk-forward 6
            """,
        Run = Run,
    };

    private static void Run(Arguments arguments)
    {
        var options = Read(arguments);
        var strategy = StrategyFiles.Load(arguments.Text("--strategy")!);
        var grid = SweepAxes.Read(arguments, strategy.Document);
        var sources = CandleInputs.Open(arguments);
        if (sources.Count > 1)
            throw new UsageException("a sweep takes one --candles");
        using var progress = new Progress("sweep", quiet: arguments.Has("--json"));
        options = options with { Progress = done => Draw(progress, done) };
        if (arguments.Has("--walk-forward"))
            WalkForwards(arguments, Refusals.Of(() => strategy.Sweep(grid, sources[0], options)), Subject(strategy, grid, sources[0], options));
        else
            All(arguments, strategy, grid, sources, options);
    }

    private static void Draw(Progress progress, SweepProgress done)
    {
        if (done.Done < done.Count)
            progress.Report((double)done.Done / done.Count, $"{done.Done} of {done.Count}");
        else
            progress.Dispose();
    }

    private static void All(Arguments arguments, Strategy strategy, SweepGrid grid, List<ICandleSource> sources, SweepOptions options)
    {
        var begun = Stopwatch.GetTimestamp();
        var rows = Refusals.Of(() => strategy.Sweep(grid, sources[0], options).Run());
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (rows[0].Metrics is null)
            throw new RefusedException(Why(strategy, grid));
        if (arguments.Text("--csv") is { } csv)
            SweepText.Csv(csv, rows, [.. grid.Axes.Select(axis => axis.Input)]);
        var best = strategy.With(rows[0].Inputs);
        var report = RunBacktest.Once(arguments, best, sources, options.Backtest);
        var variance = Variance([.. rows.Select(row => row.Metrics?.Sharpe / Math.Sqrt(365)).OfType<double>()]);
        var warnings = RunBacktest.Warnings(report, report.Facts with { Chosen = rows.Count > 1, Trials = rows.Count, TrialVariance = variance });
        if (arguments.Text("--html") is { } html)
            RunBacktest.Page(html, BacktestPage.Of(report, best, sources, options.Backtest, warnings));
        var findings = new SweepFindings
        {
            Subject = Subject(strategy, grid, sources[0], options),
            Rows = rows,
            KeptNearby = Around(rows, options.Rank).KeptNearby,
            DeflatedSharpe = rows.Count > 1 ? SharpeConfidence.Deflated(ReturnMoments.OfDays(report.Equity), rows.Count, variance) : null,
            Warnings = warnings,
            RunsPerSecond = rows.Count / seconds,
        };
        using var output = Utf8Out.Standard();
        if (arguments.Has("--json"))
            SweepJson.Write(output, findings);
        else
            Tell(output, findings, arguments.Count("--top", 20, 1, int.MaxValue));
    }

    private static void Tell(Utf8Out output, SweepFindings findings, int top)
    {
        output.Write(SweepText.Table(findings.Rows, findings.Subject.Inputs, findings.Subject.Rank, top));
        output.Line(string.Create(CultureInfo.InvariantCulture, $"\n{findings.Rows.Count} combinations, {findings.RunsPerSecond:0.#} a second"));
        if (findings.KeptNearby is { } kept)
            output.Line(kept > 0 ? $"the neighbours of the best keep {Shown.Percent(kept)} of its {findings.Subject.Rank}" : $"the best stands alone: its neighbours have no {findings.Subject.Rank} above 0");
        foreach (var warning in findings.Warnings)
            output.Line($"warning: {WarningWords.Of(warning)}");
    }

    private static void WalkForwards(Arguments arguments, Sweep sweep, SweepSubject subject)
    {
        var windows = new WalkForwardOptions { Windows = arguments.Count("--walk-forward", 6, 1, WalkForwardOptions.MostWindows) };
        foreach (var option in new[] { "--html", "--csv", "--equity" })
        {
            if (arguments.Has(option))
                throw new UsageException($"{option} does not go with --walk-forward");
        }

        var report = Refusals.Of(() => WalkForwardRun.Run(sweep, windows));
        if (arguments.Text("--trades") is { } trades)
            CsvFiles.Trades(trades, report.Trades, [subject.Symbol]);
        using var output = Utf8Out.Standard();
        if (arguments.Has("--json"))
            SweepJson.Write(output, report, subject);
        else
            output.Write(SweepText.Of(report, subject.Inputs, subject.Rank));
    }

    private static SweepOptions Read(Arguments arguments)
    {
        var rank = arguments.Text("--rank") ?? "sharpe";
        if (!Metrics.Names.Contains(rank, StringComparer.Ordinal))
            throw new UsageException($"--rank '{rank}' is none of {string.Join(", ", Metrics.Names)}");
        return new SweepOptions
        {
            Backtest = RunFlags.Read(arguments),
            Rank = rank,
            Jobs = arguments.Count("--jobs", Environment.ProcessorCount, 1, 256),
        };
    }

    private static SweepSubject Subject(Strategy strategy, SweepGrid grid, ICandleSource source, SweepOptions options) =>
        new(strategy.Document.Name, source.Symbol, options.Rank, [.. grid.Axes.Select(axis => axis.Input)]);

    /// <summary>Why no combination gave a figure: the rules' refusal of the first, else that no candle counted.</summary>
    private static string Why(Strategy strategy, SweepGrid grid) =>
        strategy.With(grid[0], out var errors) is null ? $"no combination can be run: {errors[0]}" : "there is no candle between from and to";

    private static Stability Around(IReadOnlyList<SweepRow> rows, string rank) =>
        Stability.Around([.. rows.Select(row => new SweepPoint([.. row.Inputs.Values], row.Metrics?[rank]))], 0, Metrics.HigherIsBetter(rank));

    private static double? Variance(double[] values)
    {
        if (values.Length < 2)
            return null;
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
