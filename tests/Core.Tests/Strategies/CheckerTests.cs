using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

public sealed class CheckerTests
{
    [Theory]
    [InlineData("clos > 1", "unknown_name_hint", 1, 1, "close")]
    [InlineData("CLOSE > 1", "unknown_name_hint", 1, 1, "close")]
    [InlineData("colse > 1", "unknown_name_hint", 1, 1, "close")]
    [InlineData("qqqqqq > 1", "unknown_name", 1, 1, null)]
    [InlineData("rsi > 30", "name_is_function", 1, 1, "rsi(x, n)")]
    [InlineData("close > sma(close)", "wrong_count", 1, 9, null)]
    [InlineData("close >\n  smaa(close, 2)", "unknown_function_hint", 2, 3, "sma")]
    [InlineData("close > bb(close, 20, 2)", "unknown_function_hint", 1, 9, "bollinger")]
    [InlineData("crossover(close, open)", "unknown_function_hint", 1, 1, "crosses_above")]
    [InlineData("close", "condition_needed", 1, 1, null)]
    [InlineData("close + (close > 1) > 2", "number_needed", 1, 9, null)]
    [InlineData("close and close > 1", "condition_needed", 1, 1, null)]
    [InlineData("not close", "condition_needed", 1, 5, null)]
    [InlineData("bollinger(close, 20, 2) > 1", "output_needed", 1, 1, null)]
    [InlineData("bollinger(close, 20, 2)[1] > 1", "output_needed", 1, 1, null)]
    [InlineData("on(\"4h\", macd(close, 3, 5, 2)) > 1", "output_needed", 1, 10, null)]
    [InlineData("bollinger(close, 20, 2).top > 1", "unknown_output", 1, 25, null)]
    [InlineData("close.upper > 1", "no_outputs", 1, 7, null)]
    [InlineData("sma(close, close) > 1", "not_constant", 1, 12, null)]
    [InlineData("sma(close, 0) > 1", "setting_out_of_range", 1, 12, null)]
    [InlineData("sma(close, 10001) > 1", "setting_out_of_range", 1, 12, null)]
    [InlineData("sma(close, 2.5) > 1", "not_whole", 1, 12, null)]
    [InlineData("sma(close, 1/0) > 1", "not_finite", 1, 12, null)]
    [InlineData("sma(close, 0/(1/0)) > 1", "not_finite", 1, 12, null)]
    [InlineData("close[-1] > 1", "setting_out_of_range", 1, 7, null)]
    [InlineData("close[0.5] > 1", "not_whole", 1, 7, null)]
    [InlineData("close[100001] > 1", "setting_out_of_range", 1, 7, null)]
    [InlineData("close[close] > 1", "not_constant", 1, 7, null)]
    [InlineData("on(\"5h\", close) > 1", "unknown_timeframe", 1, 4, null)]
    [InlineData("on(\"30m\", close) > 1", "timeframe_finer", 1, 4, null)]
    [InlineData("on(close, 1) > 1", "timeframe_text_needed", 1, 4, null)]
    [InlineData("on(\"4h\", on(\"2h\", close)) > 1", "timeframe_finer", 1, 13, null)]
    [InlineData("close > \"4h\"", "text_misplaced", 1, 9, null)]
    [InlineData("zigzag(5).extreme > 1", "repaints", 1, 1, null)]
    [InlineData("crosses_above(close > 1, 2)", "number_needed", 1, 15, null)]
    [InlineData("crosses_above(close)", "wrong_count", 1, 1, null)]
    public void A_refusal_says_what_and_where(string enter, string code, int line, int column, string? hint)
    {
        var error = Errors(new() { Timeframe = Timeframe.Parse("1h"), Enter = enter }).ShouldHaveSingleItem();
        (error.Code, error.Field, error.Line, error.Column).ShouldBe((code, "enter", line, column), error.ToString());
        error.Arguments.GetValueOrDefault("hint").ShouldBe(hint);
        error.Message.ShouldNotContain("{");
    }

    [Theory]
    [InlineData("on(\"1h\", close) > 1")]
    [InlineData("on(\"1M\", on(\"1M\", close[0])) > 1")]
    [InlineData("(close > 1)[3] and on(\"1d\", close > open)")]
    [InlineData("sma(close, length * 2 - 1)[back] > low")]
    [InlineData("sma(sma(close, half), 3) > b.upper")]
    [InlineData("crosses_above(close, 30) or crosses_below(30, close)")]
    [InlineData("1 > 2")]
    [InlineData("d2 and close > 1/0")]
    [InlineData("correlation(close, volume, 20) > 0.5")]
    [InlineData("rsi(on(\"4h\", close), 14) < 30")]
    public void What_is_right_is_accepted(string enter) => Errors(new()
    {
        Timeframe = Timeframe.Parse("1h"),
        Inputs = new Dictionary<string, double> { ["length"] = 14, ["low"] = 30, ["back"] = 2 },
        Define = new Dictionary<string, string> { ["d2"] = "d1", ["half"] = "length / 2", ["d1"] = "close > low", ["b"] = "bollinger(close, 20, 2)" },
        Enter = enter,
    }).ShouldBeEmpty();

    [Fact]
    public void Every_fault_of_a_document_is_told_at_once_and_once()
    {
        var errors = Errors(new()
        {
            Timeframe = Timeframe.Parse("1h"),
            Define = new Dictionary<string, string> { ["a"] = "clos + hig", ["b"] = "a + sma(close, 0)", ["c"] = "c + 1", ["d"] = "close >" },
            Enter = "a > 1 and b > 2 and d and on(\"1d\", a > 1) and rsi(close) > volum",
            Exit = "close",
            StopLoss = 1,
            CooldownBars = -1,
        });
        errors.Select(error => $"{error.Field} {error.Line}:{error.Column} {error.Code}").ShouldBe(
        [
            "stopLoss 1:1 percent_not_below", "cooldownBars 1:1 out_of_range", "define.d 1:8 ends_early", "define.c 1:1 needs_itself",
            "define.a 1:1 unknown_name_hint", "define.a 1:8 unknown_name_hint", "define.b 1:16 setting_out_of_range",
            "enter 1:47 wrong_count", "enter 1:60 unknown_name_hint", "exit 1:1 condition_needed",
        ], ignoreOrder: true);
    }

    [Fact]
    public void A_definition_may_not_need_itself()
    {
        var error = Errors(new()
        {
            Timeframe = Timeframe.Parse("1h"),
            Define = new Dictionary<string, string> { ["a"] = "b + 1", ["b"] = "sma(c, 3)", ["c"] = "close - a" },
            Enter = "a > 1",
        }).ShouldHaveSingleItem();
        (error.Field, error.Code, error.Arguments["path"]).ShouldBe(("define.c", "needs_itself", "a → b → c → a"));
    }

    [Fact]
    public void A_definition_is_checked_in_the_timeframe_it_is_used_in()
    {
        var document = new StrategyDocument
        {
            Timeframe = Timeframe.Parse("1h"),
            Define = new Dictionary<string, string> { ["fast"] = "on(\"2h\", close)" },
            Enter = "on(\"1d\", fast > 1)",
        };
        var error = Errors(document).ShouldHaveSingleItem();
        (error.Field, error.Code, error.Column).ShouldBe(("define.fast", "timeframe_finer", 4));
        Errors(document with { Enter = "on(\"2h\", fast > 1)" }).ShouldBeEmpty();
    }

    [Fact]
    public void Cost_is_bounded()
    {
        // 200 definitions, each the sum of twice the one before: 2^200 parts when written out, 600 when shared.
        var doubling = new OrderedDictionary<string, string> { ["d0"] = "close" };
        for (var index = 1; index < 100; index++)
            doubling[$"d{index}"] = $"d{index - 1} + d{index - 1}";
        Codes(doubling, "d99 > 1").ShouldBeEmpty();
        Codes(doubling, "sma(close, d99) > 1").ShouldBe(["not_constant"]);
        doubling["d0"] = "1";
        Codes(doubling, "sma(close, d99) > 1").ShouldBe(["setting_out_of_range"]);

        var chain = new OrderedDictionary<string, string> { ["d0"] = "close" };
        for (var index = 1; index < 199; index++)
            chain[$"d{index}"] = $"(d{index - 1} + 1) * 2";
        Codes(chain, "d198 > 1").ShouldContain("too_deep_together");

        var none = new Dictionary<string, string>();
        Codes(none, string.Join(" or ", Enumerable.Repeat("close > 1", 760))).ShouldBeEmpty();
        Codes(none, string.Join(" or ", Enumerable.Repeat("x[1]>1", 1300)).Replace('x', 'a'), ("a", "close > 1 and " + string.Join('+', Enumerable.Repeat("1", 4000)) + " > 1"))
            .ShouldContain("too_many_nodes");
        var large = Enumerable.Range(0, 26).ToDictionary(index => $"d{index}", _ => string.Join('+', Enumerable.Repeat("1", 5_000)));
        Codes(large, "close > 1").ShouldBe(["too_many_nodes"]);
        Codes(none, string.Join(" or ", Enumerable.Range(0, 41).Select(index => $"sma(close, {10_000 - index}) > 1"))).ShouldBe(["windows_too_long"]);
        Codes(none, string.Join(" or ", Enumerable.Range(0, 5).Select(index => $"close[{100_000 - index}] > 1"))).ShouldBe(["lags_too_long"]);
        Codes(none, "cci(9000) > 1 or rank(close, 9000) > 1 or alma(close, 9000, 0.85, 6) > 1").ShouldBe(["slow_windows_too_long"]);
    }

    [Fact]
    public void Slips_are_told_and_allowed()
    {
        Warnings("close > rsi(close, 14)").ShouldBe(["units_differ"]);
        Warnings("volume > close").ShouldBe(["units_differ"]);
        Warnings("1 > 2").ShouldBe(["never_changes"]);
        Warnings("close > sma(close, 3) + 2 * atr(14) and rsi(close, 14) < 30 and volume > volume_sma(20) and close / open > 1.01").ShouldBeEmpty();
    }

    [Fact]
    public void A_strategy_that_never_sells_is_told_so()
    {
        var document = new StrategyDocument { Timeframe = Timeframe.Parse("1h"), Inputs = new Dictionary<string, double> { ["n"] = 3 }, Enter = "close > n" };
        var strategy = Strategy.Check(document, out _).ShouldNotBeNull();
        strategy.Warnings.ShouldHaveSingleItem().Code.ShouldBe("never_sells");
        strategy.With(new Dictionary<string, double> { ["n"] = 4 }).Warnings.ShouldHaveSingleItem().Code.ShouldBe("never_sells");
        Strategy.Check(document with { Exit = "close < 1" }, out _).ShouldNotBeNull().Warnings.ShouldBeEmpty();
    }

    private static IEnumerable<string> Warnings(string enter) => Strategy.Check(new() { Timeframe = Timeframe.Parse("1h"), Enter = enter, MaxBars = 5 }, out var errors)
        .ShouldNotBeNull(errors.Count > 0 ? errors[0].Message : "").Warnings.Select(warning => warning.Code);

    private static IEnumerable<string> Codes(IReadOnlyDictionary<string, string> define, string enter, params (string, string)[] more)
    {
        var all = new OrderedDictionary<string, string>(define);
        foreach (var (name, text) in more)
            all[name] = text;
        return Errors(new() { Timeframe = Timeframe.Parse("1h"), Define = all, Enter = enter }).Select(error => error.Code).Distinct();
    }

    private static IReadOnlyList<RuleError> Errors(StrategyDocument document)
    {
        var strategy = Strategy.Check(document, out var errors);
        (strategy is null).ShouldBe(errors.Count > 0);
        return errors;
    }
}
