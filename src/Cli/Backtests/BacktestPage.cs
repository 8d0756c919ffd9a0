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
    public static ReportView Of(BacktestReport report, StrategyDocument document, BacktestOptions options, MarketFacts facts, IReadOnlyList<ReportWarning> warnings)
    {
        var equity = report.Equity.Curve?.Points() ?? [];
        return new ReportView
        {
            Title = report.Strategy.Length > 0 ? report.Strategy : "Strategy",
            Subtitle = $"{string.Join(", ", report.Symbols)}, {document.Timeframe}, {Shown.Time(report.FromMs)} to {Shown.Time(report.ToMs)} UTC",
            Cards = Cards(report),
            Equity = equity,
            BuyAndHold = facts.BuyAndHold(equity),
            Start = report.Start,
            Months = Breakdown.Months(report.Equity),
            Rules = Rules(document, report.Inputs),
            Assumptions = Assumptions(report, options),
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

    private static List<(string Name, string Value)> Rules(StrategyDocument document, IReadOnlyDictionary<string, double> inputs)
    {
        var rules = new List<(string Name, string Value)> { ("timeframe", document.Timeframe.Code) };
        if (inputs.Count > 0)
            rules.Add(("inputs", string.Join(", ", inputs.Select(input => $"{input.Key} = {CandleText(input.Value)}"))));
        rules.AddRange(document.Define.Select(definition => (definition.Key, definition.Value)));
        rules.Add(("enter", document.Enter));
        rules.Add(("exit", document.Exit ?? "never"));
        rules.Add(("size", Size(document.Size)));
        Add("takeProfit", document.TakeProfit);
        Add("stopLoss", document.StopLoss);
        Add("trailingStop", document.TrailingStop);
        if (document.MaxBars is { } bars)
            rules.Add(("maxBars", CandleText(bars)));
        if (document.CooldownBars > 0)
            rules.Add(("cooldownBars", CandleText(document.CooldownBars)));
        if (document.Protections is { } protections)
            rules.Add(("protections", Protection(protections)));
        return rules;

        void Add(string name, double? share)
        {
            if (share is { } value)
                rules.Add((name, Shown.Percent(value)));
        }
    }

    private static string Size(Sizing size) => size switch
    {
        PercentSizing percent => Shown.Percent(percent.Fraction) + " of the cash",
        FixedSizing money => $"{money.Amount.ToString(CultureInfo.InvariantCulture)} a trade",
        RiskSizing risk => $"{Shown.Percent(risk.Fraction)} of the equity lost by a fall of {risk.Stop}",
        KellySizing kelly => $"Kelly's share, at most {Shown.Percent(kelly.Fraction)}; {Shown.Percent(kelly.Start)} for the first {kelly.Trades} trades",
        _ => size.ToString(),
    };

    private static string Protection(Protections protections)
    {
        var parts = new List<string>();
        if (protections.MaxDrawdown is { } fall)
            parts.Add($"no entry after a drawdown of {Shown.Percent(fall)}");
        if (protections.DailyLoss is { } loss)
            parts.Add($"none until the next day after a loss of {Shown.Percent(loss)}");
        if (protections.StopGuard is { } guard)
            parts.Add($"none for {guard.Pause} candles after {guard.Stops} stops within {guard.Bars}");
        return string.Join("; ", parts);
    }

    private static List<(string Name, string Value)> Assumptions(BacktestReport report, BacktestOptions options) =>
    [
        ("cash", Shown.Money(options.Cash)),
        ("fee", $"{Shown.Percent(options.Fee)} of each fill"),
        ("slippage", $"{Shown.Percent(options.Slippage)} on market orders"),
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

    private static string CandleText(double value) => Exchanges.Files.CandleWriter.Plain(value);
}
