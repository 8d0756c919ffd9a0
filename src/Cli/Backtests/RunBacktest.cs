using System.Text.Json;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Html;
using Lastro.Cli.Output;
using Lastro.Cli.Strategies;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Backtests;

/// <summary>lastro backtest.</summary>
internal static class RunBacktest
{
    /// <summary>What a run may write besides its answer.</summary>
    public static readonly IReadOnlyList<Option> Outputs =
    [
        new("--json", null, "the whole report in JSON"),
        new("--trades", "FILE", "writes every trade as CSV"),
        new("--equity", "FILE", "writes the equity at every close as CSV"),
        new("--html", "FILE", "writes the report as one page that stands alone"),
    ];

    public static readonly Command Command = new()
    {
        Name = "backtest",
        Summary = "Runs a strategy over candles: what it would have done, trade by trade",
        Options = [.. RunFlags.All, RunFlags.Detail, .. Outputs],
        More = """
            Signals are read at closes and filled at the next open; stops and targets inside candles. The rules: docs/cli.md.
            Several --candles share one cash, served in the order given.

              lastro backtest --strategy rsi.json --candles BTCUSDT.csv.gz --html report.html
              lastro backtest --strategy rsi.json --candles BTCUSDT_1h --from 2023-01-01 --json
            """,
        Run = Run,
    };

    /// <summary>About one point a pixel.</summary>
    private const int CurvePoints = 2_000;

    private static void Run(Arguments arguments)
    {
        var options = RunFlags.Read(arguments) with { Clock = TimeProvider.System };
        var strategy = StrategyFiles.Load(arguments.Text("--strategy")!);
        var sources = CandleInputs.Open(arguments);
        options = options with { Detail = Detail(arguments, sources) };
        var report = Once(arguments, strategy, sources, options);
        var json = arguments.Has("--json");
        var warnings = Warnings(report, report.Facts);
        if (arguments.Text("--html") is { } html)
            Page(html, BacktestPage.Of(report, strategy, sources, options, warnings));
        using var output = Utf8Out.Standard();
        if (!json)
        {
            output.Write(SummaryText.Of(report, warnings));
            return;
        }

        using (var writer = new Utf8JsonWriter(output))
            ReportJson.Write(writer, report);
        output.Write((byte)'\n');
    }

    private static List<ICandleSource> Detail(Arguments arguments, List<ICandleSource> sources)
    {
        var detail = CandleInputs.Open(arguments, RunFlags.Detail.Name);
        return detail.Find(finer => !sources.Exists(source => source.Symbol == finer.Symbol)) is { } stray
            ? throw new RefusedException($"--detail {stray.Symbol}: there are no --candles of that pair")
            : detail;
    }

    /// <summary>A run with its bar, its trades and its equity written where that was asked for.</summary>
    public static BacktestReport Once(Arguments arguments, Strategy strategy, IReadOnlyList<ICandleSource> sources, BacktestOptions options)
    {
        using var progress = new Progress("backtest", quiet: arguments.Has("--json"));
        using var equity = arguments.Text("--equity") is { } path ? Utf8Out.ToFile(path) : null;
        var (fromMs, toMs) = Span(sources, options);
        var report = Refusals.Of(() => strategy.Backtest(sources, options with
        {
            CurvePoints = arguments.Has("--html") ? CurvePoints : 0,
            Equity = equity is null ? null : CsvFiles.Equity(equity),
            Progress = time => progress.Report((double)(time - fromMs) / (toMs - fromMs)),
        }));
        if (arguments.Text("--trades") is { } trades)
            CsvFiles.Trades(trades, report.Trades, report.Symbols);
        return report;
    }

    /// <summary>What speaks against believing the figures.</summary>
    public static IReadOnlyList<ReportWarning> Warnings(BacktestReport report, WarningFacts facts) =>
        ReportWarnings.Of(report.Metrics, report.Equity, Backtest.Outcomes(report.Trades, report.Symbols), facts);

    /// <summary>Writes a page.</summary>
    public static void Page(string path, ReportView view)
    {
        using var page = Utf8Out.ToFile(path);
        page.Write(ReportPage.Of(view));
    }

    /// <summary>From when to when the run will go, for the bar.</summary>
    private static (long FromMs, long ToMs) Span(IReadOnlyList<ICandleSource> sources, BacktestOptions options)
    {
        if (sources.OfType<ColumnSource>().FirstOrDefault() is not { } market)
            return (0, long.MaxValue);
        var (first, last) = (market.Columns.OpenTimeMs[0], market.Columns.OpenTimeMs[market.Rows - 1]);
        return (first, Math.Max(first + 1, Math.Min(last, options.ToMs ?? long.MaxValue)));
    }
}
