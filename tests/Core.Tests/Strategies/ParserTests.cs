using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

public sealed class ParserTests
{
    [Theory]
    [InlineData("close>1", "close > 1")]
    [InlineData("a+b*c-d/e", "a + b * c - d / e")]
    [InlineData("(a+b)*c", "(a + b) * c")]
    [InlineData("a-(b-c)", "a - (b - c)")]
    [InlineData("(a-b)-c", "(a - b) - c")]
    [InlineData("a/(b/c)", "a / (b / c)")]
    [InlineData("-a[1]", "-a[1]")]
    [InlineData("(-a)[1]", "(-a)[1]")]
    [InlineData("--a", "--a")]
    [InlineData("a - -b", "a - -b")]
    [InlineData("not not (a<b)", "not not a < b")]
    [InlineData("not (a<b and c<d)", "not (a < b and c < d)")]
    [InlineData("(a<b or c<d) and e<f", "(a < b or c < d) and e < f")]
    [InlineData("a<b or c<d and e<f", "a < b or c < d and e < f")]
    [InlineData("(a<b)[2]", "(a < b)[2]")]
    [InlineData("( bollinger( close , 20,2 ) ).upper", "bollinger(close, 20, 2).upper")]
    [InlineData("on( \"4h\" ,rsi(close,14))<30", "on(\"4h\", rsi(close, 14)) < 30")]
    [InlineData("a\n  <\r\n\tb", "a < b")]
    [InlineData("1e3 + 1.50 + 0.001 + 1e-3 + 1E+2", "1000 + 1.5 + 0.001 + 0.001 + 100")]
    [InlineData("1e300 + 5e-324", "1e300 + 5e-324")]
    [InlineData("close[a < b]", "close[a < b]")]
    [InlineData("30[1]", "30[1]")]
    [InlineData("1==2 != 3", null)]
    public void Printing_is_canonical_and_reads_back(string text, string? printed)
    {
        var problems = new Problems();
        var tree = RuleParser.Parse(text, "enter", problems);
        if (printed is null)
        {
            tree.ShouldBeNull();
            return;
        }

        RulePrinter.Print(tree.ShouldNotBeNull()).ShouldBe(printed);
        Trees.Same(tree, RuleParser.Parse(printed, "enter", problems)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "ends_early", 1, 1)]
    [InlineData("close >", "ends_early", 1, 8)]
    [InlineData("close > 1 > 2", "chained_comparison", 1, 11)]
    [InlineData("close > 1 $", "unexpected_character", 1, 11)]
    [InlineData("close > (1", "ends_without_sign", 1, 11)]
    [InlineData("close[1", "ends_without_sign", 1, 8)]
    [InlineData("sma(close 2)", "sign_expected", 1, 11)]
    [InlineData("close > 1e999", "number_too_large", 1, 9)]
    [InlineData("close > 1x", "malformed_number", 1, 9)]
    [InlineData("close > 1e+", "malformed_number", 1, 9)]
    [InlineData("close = 1", "unexpected_character_hint", 1, 7)]
    [InlineData("close ≥ 1", "unexpected_character_hint", 1, 7)]
    [InlineData("close\n  && close", "unexpected_character_hint", 2, 3)]
    [InlineData("close > .5", "value_expected", 1, 9)]
    [InlineData("and", "value_expected", 1, 1)]
    [InlineData("close close", "end_expected", 1, 7)]
    [InlineData("bollinger(close, 20, 2).", "ends_early", 1, 25)]
    [InlineData("bollinger(close, 20, 2).5", "output_expected", 1, 25)]
    [InlineData("bollinger(close, 20, 2).[", "output_expected", 1, 25)]
    [InlineData("on(\"4h, close) > 1", "text_not_closed", 1, 4)]
    [InlineData("on(\"4\nh\", close) > 1", "text_not_closed", 1, 4)]
    [InlineData("sma(close,) > 1", "value_expected", 1, 11)]
    [InlineData("close)", "end_expected", 1, 6)]
    [InlineData("\ud83d\ude80 > 1", "unexpected_character", 1, 1)]
    public void A_refusal_says_where(string text, string code, int line, int column)
    {
        var problems = new Problems();
        RuleParser.Parse(text, "enter", problems).ShouldBeNull();
        var error = problems.Found.ShouldHaveSingleItem();
        (error.Code, error.Field, error.Line, error.Column).ShouldBe((code, "enter", line, column));
    }

    [Fact]
    public void The_place_covers_what_is_meant()
    {
        var tree = RuleParser.Parse("a and\n  (b [1]) . upper < c", "enter", new Problems()).ShouldBeOfType<LogicSyntax>();
        var output = tree.Children[1].Children[0].ShouldBeOfType<OutputSyntax>();
        output.Span.ShouldBe(new TextSpan(8, 15));
        output.Of.Span.ShouldBe(new TextSpan(8, 7));
        TextPlace.Of("a and\n  (b [1]) . upper < c", output.NameSpan).ShouldBe(new TextPlace(2, 13, 5));
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        Codes(Deep("(", "close", ")", 99) + " > 1").ShouldBeEmpty();
        Codes(Deep("(", "close", ")", 100) + " > 1").ShouldBe(["too_deep"]);
        foreach (var (open, close) in new[] { ("(", ")"), ("-", ""), ("not ", ""), ("sma(", ", 1)"), ("", "[1]"), ("", ".x"), ("close[", "]"), ("-(", ")"), ("(", ")[1]") })
            Codes(Deep(open, "close", close, 9_900 / Math.Max(1, open.Length + close.Length))).ShouldBe(["too_deep"], $"{open}…{close}");
        foreach (var chain in new[] { "close+", "close*", "close>1 and ", "close>1 or " })
            Codes(string.Concat(Enumerable.Repeat(chain, 9_000 / chain.Length)) + "close").ShouldBeEmpty(chain);
        Codes(new string(' ', 10_000)).ShouldBe(["ends_early"]);
        Codes(new string(' ', 10_001)).ShouldBe(["expression_too_long"]);
    }

    private static string Deep(string open, string inside, string close, int levels) =>
        string.Concat(Enumerable.Repeat(open, levels)) + inside + string.Concat(Enumerable.Repeat(close, levels));

    private static IEnumerable<string> Codes(string text)
    {
        var problems = new Problems();
        RuleParser.Parse(text, "enter", problems);
        return problems.Found.Select(error => error.Code);
    }
}
