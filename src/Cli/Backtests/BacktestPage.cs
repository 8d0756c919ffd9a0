using System.Globalization;
using Lastro.Cli.Html;
using Lastro.Cli.Output;
using Lastro.Core.Backtesting;
using Lastro.Core.Performance;
using Lastro.Core.Strategies;

namespace Lastro.Cli.Backtests;

/// <summary>A report as the page shows it.</summary>
internal static class BacktestPage
{
    public static ReportView Of(BacktestReport report, Strategy strategy, IReadOnlyList<ICandleSource> sources, BacktestOptions options, IReadOnlyList<ReportWarning> warnings)
    {
        var equity = report.Equity.Curve?.Points() ?? [];
        return new ReportView
        {
            Title = report.Strategy.Length > 0 ? report.Strategy : "Strategy",
            Subtitle = $"{string.Join(", ", report.Symbols)}, {strategy.Document.Timeframe}, {Shown.Time(report.FromMs)} to {Shown.Time(report.ToMs)} UTC",
            Cards = Cards(report),
            Equity = equity,
            BuyAndHold = HoldCurve.Of(report, sources, strategy.Document.Timeframe, equity),
            Start = report.Start,
            Months = Breakdown.Months(report.Equity),
            Rules = Rules(strategy.Document),
            Sentences = [.. strategy.Describe(SentenceLanguage.English).Select(sentence => (sentence.Field, sentence.Text))],
            Assumptions = Assumptions(report, options),
            Doubts = Doubts.Words(report, strategy, sources, options),
            OtherCosts = Doubts.OtherCosts(report, strategy, sources, options),
            Warnings = [.. warnings.Select(WarningWords.Of)],
            Conventions = report.Conventions,
            Trades = [.. report.Trades.Select(trade => Row(trade, report.Symbols[trade.Symbol]))],
            SeveralSymbols = report.Symbols.Count > 1,
            Footer = $"Made by Lastro, engine {BacktestReport.EngineName}. Candles SHA-256 {report.DataHash}. The past says little about the future.",
        };
    }

    private static List<Card> Cards(BacktestReport report)
    {
        var metrics = report.Metrics;
        return
        [
            new("Return", Shown.Percent(metrics.Return, true), Math.Sign(metrics.Return ?? 0)),
            new("Final", Shown.Money(report.Final)),
            new("Buy and hold", Shown.Percent(metrics.BuyAndHold, true)),
            new("CAGR", Shown.Percent(metrics.Cagr, true), Math.Sign(metrics.Cagr ?? 0)),
            new("Max drawdown", metrics.MaxDrawdown is { } fall ? Shown.Percent(-fall) : "-", -1),
            new("Longest drawdown", metrics.MaxDrawdownDays is { } days ? days.ToString("#,0.# 'days'", CultureInfo.InvariantCulture) : "-"),
            new("Sharpe", Shown.Ratio(metrics.Sharpe)),
            new("Sortino", Shown.Ratio(metrics.Sortino)),
            new("Calmar", Shown.Ratio(metrics.Calmar)),
            new("Volatility", Shown.Percent(metrics.Volatility)),
            new("Trades", Shown.Count(metrics.Trades)),
            new("Win rate", Shown.Percent(metrics.WinRate)),
            new("Profit factor", Shown.Ratio(metrics.ProfitFactor)),
            new("Expectancy", Shown.Ratio(metrics.Expectancy)),
            new("SQN", Shown.Ratio(metrics.Sqn)),
            new("Exposure", Shown.Percent(metrics.Exposure)),
            new("Best trade", Shown.Percent(metrics.BestTrade, true)),
            new("Worst trade", Shown.Percent(metrics.WorstTrade, true)),
            new("Average trade", Shown.Percent(metrics.AverageTrade, true)),
            new("Fees", Shown.Money(metrics.Fees)),
        ];
    }

    private static List<(string Name, string Value)> Rules(StrategyDocument document)
    {
        var rules = new List<(string Name, string Value)>();
        rules.AddRange(document.Inputs.Select(input => (input.Key, Exchanges.Files.CandleWriter.Plain(input.Value))));
        rules.AddRange(document.Define.Select(definition => (definition.Key, definition.Value)));
        rules.Add(("enter", document.Enter));
        if (document.Exit is { } exit)
            rules.Add(("exit", exit));
        return rules;
    }

    private static List<(string Name, string Value)> Assumptions(BacktestReport report, BacktestOptions options) =>
    [
        ("cash", Shown.Money(options.Cash)),
        ("fee", $"{Shown.Share(options.Fee)} of each fill"),
        ("slippage", $"{Shown.Share(options.Slippage)} on market orders"),
        ("entries", options.Fill switch
        {
            EntryFill.Open => "market order at the open after the signal",
            EntryFill.Touch => "limit order at the signal's close for one candle, filled when touched",
            EntryFill.Through => "limit order at the signal's close for one candle, filled when passed",
        }),
        ("inside a candle", options.Detail.Count > 0 ? "finer candles decide what came first" : "a stop comes before a target"),
        ("decisions", "at closes only; nothing later is seen"),
        ("candles", $"{Shown.Count(report.Candles)}, as the source has them"),
        ("ratios", "of daily returns, 365 days a year, no risk-free rate"),
    ];

    private static TradeRow Row(in Trade<double> trade, string symbol) => new()
    {
        Symbol = symbol,
        EntryTimeMs = trade.EntryTimeMs,
        EntryPrice = trade.EntryPrice,
        ExitTimeMs = trade.ExitTimeMs,
        ExitPrice = trade.ExitPrice,
        Quantity = trade.Quantity,
        Fees = trade.Fees,
        Pnl = trade.Pnl,
        PnlPercent = trade.PnlPercent,
        Reason = ExitReasons.Word(trade.Reason),
    };
}
