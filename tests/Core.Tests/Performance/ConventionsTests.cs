using System.Globalization;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

public sealed class ConventionsTests
{
    private const long DayMs = 86_400_000;

    /// <summary>Each golden figure and where ours is found: group, their name, our tool, our name, what ours has to be multiplied with.</summary>
    private static readonly (string Group, string Theirs, string Tool, string Ours)[] _map =
    [
        ("freqtrade_closed_trades", "sharpe", "freqtradeClosed", "sharpe"),
        ("freqtrade_closed_trades", "sortino", "freqtradeClosed", "sortino"),
        ("freqtrade_closed_trades", "calmar", "freqtradeClosed", "calmar"),
        ("freqtrade_closed_trades", "sqn", "freqtradeClosed", "sqn"),
        ("freqtrade_closed_trades", "p_value", "freqtradeClosed", "pValue"),
        ("freqtrade_closed_trades", "cagr", "freqtradeClosed", "cagr"),
        ("freqtrade_closed_trades", "expectancy", "freqtradeClosed", "expectancy"),
        ("freqtrade_closed_trades", "expectancy_ratio", "freqtradeClosed", "expectancyRatio"),
        ("freqtrade_closed_trades", "profit_factor", "freqtradeClosed", "profitFactor"),
        ("freqtrade_closed_trades", "max_dd_abs", "freqtradeClosed", "maxDrawdownAbsolute"),
        ("freqtrade_closed_trades", "max_dd_account", "freqtradeClosed", "maxDrawdownAccount"),
        ("freqtrade_closed_trades", "max_underwater_rel", "freqtradeClosed", "maxUnderwater"),
        ("freqtrade_wallet_daily", "sharpe", "freqtradeWallet", "sharpe"),
        ("freqtrade_wallet_daily", "sortino", "freqtradeWallet", "sortino"),
        ("freqtrade_wallet_daily", "calmar", "freqtradeWallet", "calmar"),
        ("freqtrade_wallet_daily", "max_dd_abs", "freqtradeWallet", "maxDrawdownAbsolute"),
        ("freqtrade_wallet_daily", "max_dd_account", "freqtradeWallet", "maxDrawdownAccount"),
        ("freqtrade_wallet_daily", "max_underwater_rel", "freqtradeWallet", "maxUnderwater"),
        ("jesse_daily365", "sharpe", "jesse", "sharpe"),
        ("jesse_daily365", "sortino", "jesse", "sortino"),
        ("jesse_daily365", "calmar", "jesse", "calmar"),
        ("jesse_daily365", "cagr", "jesse", "cagr"),
        ("jesse_daily365", "omega", "jesse", "omega"),
        ("jesse_daily365", "max_dd", "jesse", "maxDrawdown"),
        ("backtesting_py", "Return [%]", "backtestingPy", "returnPercent"),
        ("backtesting_py", "Return (Ann.) [%]", "backtestingPy", "annualReturnPercent"),
        ("backtesting_py", "Volatility (Ann.) [%]", "backtestingPy", "annualVolatilityPercent"),
        ("backtesting_py", "CAGR [%]", "backtestingPy", "cagrPercent"),
        ("backtesting_py", "Sharpe Ratio", "backtestingPy", "sharpe"),
        ("backtesting_py", "Sortino Ratio", "backtestingPy", "sortino"),
        ("backtesting_py", "Calmar Ratio", "backtestingPy", "calmar"),
        ("backtesting_py", "Max. Drawdown [%]", "backtestingPy", "maxDrawdownPercent"),
        ("backtesting_py", "Avg. Drawdown [%]", "backtestingPy", "averageDrawdownPercent"),
        ("backtesting_py", "Max. Drawdown Duration", "backtestingPy", "maxDrawdownDurationDays"),
        ("backtesting_py", "Win Rate [%]", "backtestingPy", "winRatePercent"),
        ("backtesting_py", "Profit Factor", "backtestingPy", "profitFactor"),
        ("backtesting_py", "Expectancy [%]", "backtestingPy", "expectancyPercent"),
        ("backtesting_py", "SQN", "backtestingPy", "sqn"),
        ("backtesting_py", "Kelly Criterion", "backtestingPy", "kelly"),
        ("backtesting_py", "Exposure Time [%]", "backtestingPy", "exposureTimePercent"),
        .. Lean("lean_port_rf0_N365", "lean"),
        .. Lean("lean_port_rf0_N252", "lean252"),
        ("stocksharp_port", "sharpe", "stockSharp", "sharpe"),
        ("stocksharp_port", "sortino", "stockSharp", "sortino"),
        ("nautilus_port_252", "sharpe", "nautilus", "sharpe"),
        ("nautilus_port_252", "sortino", "nautilus", "sortino"),
        ("nautilus_port_365", "sharpe", "nautilus365", "sharpe"),
        ("nautilus_port_365", "sortino", "nautilus365", "sortino"),
        ("hummingbot_port", "sharpe", "hummingbot", "sharpe"),
        ("hummingbot_port", "max_dd_pct", "hummingbot", "maxDrawdown"),
    ];

    /// <summary>Golden entries without a figure of ours, each with its reason.</summary>
    private static readonly Dictionary<string, string> _without = new(StringComparer.Ordinal)
    {
        ["jesse_daily365/serenity"] = "null there: infinite when it was run, so there is nothing to agree with",
        ["jesse_daily365/note"] = "a remark, no figure",
    };

    [SharedFact(GoldenRun.Folder)]
    public void Each_tools_figures_agree_with_the_golden_file()
    {
        var golden = GoldenRun.Json("golden_metrics.json");
        var ours = Ours();
        foreach (var (group, theirs, tool, name) in _map)
        {
            var wanted = golden.GetProperty(group).GetProperty(theirs);
            GoldenRun.ShouldAgree(ours[tool][name], Value(wanted), $"{group}/{theirs}");
        }
    }

    [SharedFact(GoldenRun.Folder)]
    public void No_golden_value_is_passed_over()
    {
        var golden = GoldenRun.Json("golden_metrics.json");
        var known = _map.Select(row => $"{row.Group}/{row.Theirs}").Concat(_without.Keys).ToHashSet(StringComparer.Ordinal);
        var groups = golden.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Object);
        groups.SelectMany(group => group.Value.EnumerateObject().Select(entry => $"{group.Name}/{entry.Name}")).ShouldBe(known, ignoreOrder: true);
        golden.GetProperty("jesse_daily365").GetProperty("serenity").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [SharedFact(GoldenRun.Folder)]
    public void The_golden_run_was_read_whole()
    {
        var (golden, equity, trades) = (GoldenRun.Json("golden_metrics.json"), GoldenRun.Equity(), GoldenRun.Trades());
        trades.Length.ShouldBe(golden.GetProperty("n_trades").GetInt32());
        equity.Start.ShouldBe(golden.GetProperty("start").GetDouble());
        equity.Final.ShouldBe(golden.GetProperty("end_equity").GetDouble());
        GoldenRun.ShouldAgree(trades.Sum(trade => trade.Pnl), golden.GetProperty("sum_pnl").GetDouble(), "sum_pnl");
    }

    [SharedFact(GoldenRun.Folder)]
    public void A_report_carries_eight_families()
    {
        var (equity, trades) = (GoldenRun.Equity(), GoldenRun.Trades());
        Conventions.All(equity, trades).Select(tool => tool.Tool).ShouldBe(
            ["freqtradeClosed", "freqtradeWallet", "lean", "backtestingPy", "jesse", "stockSharp", "nautilus", "hummingbot"]);
    }

    [SharedFact(GoldenRun.Folder)]
    public void The_seven_days_of_the_hand_made_file_agree()
    {
        var tiny = GoldenRun.Json("tiny.json");
        var levels = tiny.GetProperty("equity_daily").EnumerateArray().Select(level => level.GetDouble()).ToArray();
        var profits = tiny.GetProperty("trade_pnl").EnumerateArray().Select(pnl => pnl.GetDouble()).ToArray();
        var days = tiny.GetProperty("trade_close_day").EnumerateArray().Select(day => day.GetInt64()).ToArray();
        var trades = profits.Select((pnl, i) => new ClosedTrade
        {
            EntryTimeMs = days[i] * DayMs,
            ExitTimeMs = days[i] * DayMs,
            Pnl = pnl,
            PnlPercent = pnl / 10_000,
        }).ToArray();
        // Its first value is the start; for tools that begin with the first day it is that day's value too.
        var (after, within) = (Days(levels, from: 1), Days(levels, from: 0));
        var values = tiny.GetProperty("values");

        Agree(values.GetProperty("freqtrade_closed"), Conventions.FreqtradeClosed(within, trades),
            ("sharpe", "sharpe"), ("sortino", "sortino"), ("calmar", "calmar"), ("sqn", "sqn"), ("p", "pValue"), ("cagr", "cagr"),
            ("dd_abs", "maxDrawdownAbsolute"), ("dd_rel", "maxDrawdownAccount"));
        var closed = Conventions.FreqtradeClosed(within, trades);
        GoldenRun.ShouldAgree(closed["expectancy"], values.GetProperty("freqtrade_closed").GetProperty("exp")[0].GetDouble(), "expectancy");
        GoldenRun.ShouldAgree(closed["expectancyRatio"], values.GetProperty("freqtrade_closed").GetProperty("exp")[1].GetDouble(), "ratio");
        Agree(values.GetProperty("freqtrade_wallet"), Conventions.FreqtradeWallet(within),
            ("sharpe", "sharpe"), ("sortino", "sortino"), ("calmar", "calmar"), ("dd_abs", "maxDrawdownAbsolute"), ("dd_rel", "maxDrawdownAccount"));
        Agree(values.GetProperty("lean_365"), Conventions.Lean(after),
            ("sharpe", "sharpe"), ("sortino", "sortino"), ("drawdown", "drawdownUnrounded"));
        var table = Conventions.BacktestingPy(within, trades);
        Agree(values.GetProperty("backtesting_py_365"), table, ("sharpe", "sharpe"), ("sortino", "sortino"), ("calmar", "calmar"));
        GoldenRun.ShouldAgree(table["annualReturnPercent"] / 100, values.GetProperty("backtesting_py_365").GetProperty("ann").GetDouble(), "ann");
        GoldenRun.ShouldAgree(table["annualVolatilityPercent"] / 100, values.GetProperty("backtesting_py_365").GetProperty("vol").GetDouble(), "vol");
        Agree(values.GetProperty("jesse_nautilus_365"), Conventions.Nautilus(after, 365), ("sharpe", "sharpe"), ("sortino", "sortino"));
        GoldenRun.ShouldAgree(
            Conventions.Jesse(after)["sharpe"], values.GetProperty("jesse_nautilus_365").GetProperty("sharpe").GetDouble(), "jesse");
        Agree(values.GetProperty("stocksharp_365.25"), Conventions.StockSharp(within), ("sharpe", "sharpe"), ("sortino", "sortino"));
    }

    [Fact]
    public void Without_trades_freqtrade_reads_0_and_others_know_nothing()
    {
        var equity = Days([1_000, 1_000, 1_000], from: 0);
        var closed = Conventions.FreqtradeClosed(equity, []);
        (closed["sharpe"], closed["sqn"], closed["profitFactor"], closed["expectancyRatio"]).ShouldBe((0, 0, 0, 100));
        closed["pValue"].ShouldBeNull();
        Conventions.FreqtradeWallet(equity)["sharpe"].ShouldBe(-100);
        Conventions.Lean(equity)["sharpe"].ShouldBeNull();
        Conventions.BacktestingPy(equity, [])["kelly"].ShouldBeNull();
        Conventions.BacktestingPy(equity, [])["exposureTimePercent"].ShouldBe(0);
    }

    [Fact]
    public void A_candle_that_two_trades_share_is_held_once()
    {
        // Days 1 to 3 and 3 to 4, and one of another pair within: 4 of 10.
        var equity = Days([.. Enumerable.Repeat(1_000.0, 10)], from: 0);
        ClosedTrade Held(int from, int to) => new() { EntryTimeMs = from * DayMs, ExitTimeMs = to * DayMs, Pnl = 1, PnlPercent = 0.01 };
        GoldenRun.ShouldAgree(Conventions.BacktestingPy(equity, [Held(1, 3), Held(2, 2), Held(3, 4)])["exposureTimePercent"], 40, "exposure");
    }

    [Fact]
    public void A_tracker_of_a_sweep_is_refused() =>
        Should.Throw<ArgumentException>(() => Conventions.All(new EquityTracker(1, Timeframe.Minute), []));

    private static (string, string, string, string)[] Lean(string group, string tool) =>
    [
        (group, "ann_return", tool, "annualReturn"),
        (group, "sharpe", tool, "sharpe"),
        (group, "sortino", tool, "sortino"),
        (group, "drawdown", tool, "drawdown"),
        (group, "drawdown_unrounded", tool, "drawdownUnrounded"),
        (group, "psr", tool, "probabilisticSharpe"),
        (group, "cagr", tool, "cagr"),
        (group, "var99", tool, "valueAtRisk99"),
        (group, "var95", tool, "valueAtRisk95"),
    ];

    private static Dictionary<string, ConventionFigures> Ours()
    {
        var equity = GoldenRun.Equity();
        var ours = Conventions.All(equity, GoldenRun.Trades()).ToDictionary(tool => tool.Tool, StringComparer.Ordinal);
        ours.Add("lean252", Conventions.Lean(equity, 252));
        ours.Add("nautilus365", Conventions.Nautilus(equity, 365));
        return ours;
    }

    // "218 days 05:00:00" is a number of days too.
    private static double Value(JsonElement wanted)
    {
        if (wanted.ValueKind == JsonValueKind.Number)
            return wanted.GetDouble();
        var parts = wanted.GetString()!.Split(" days ");
        return int.Parse(parts[0], CultureInfo.InvariantCulture) + TimeSpan.Parse(parts[1], CultureInfo.InvariantCulture).TotalDays;
    }

    private static EquityTracker Days(double[] levels, int from)
    {
        var tracker = new EquityTracker(levels[0], Timeframe.Parse("1d"), new() { Conventions = true });
        for (var i = from; i < levels.Length; i++)
            tracker.Add(i * DayMs, levels[i]);
        return tracker;
    }

    private static void Agree(JsonElement wanted, ConventionFigures ours, params (string Theirs, string Ours)[] names)
    {
        foreach (var (theirs, name) in names)
            GoldenRun.ShouldAgree(ours[name], wanted.GetProperty(theirs).GetDouble(), $"{ours.Tool}/{theirs}");
    }
}
