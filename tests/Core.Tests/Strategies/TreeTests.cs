using System.Buffers;
using System.Text;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

public sealed class TreeTests
{
    [Fact]
    public void A_tree_says_what_stands_where()
    {
        var trees = Checked("uptrend and (close + low - 1) * 2 > rsi(close, length)[2]\nor not crosses_above(b.upper, on(\"4h\", -hl2))").Trees();
        trees.Keys.ShouldBe(["enter", "define.uptrend", "define.b"]);
        Json(trees["enter"], "kind", "text", "name", "number", "operators").ShouldBe(Compact("""
            {"kind":"or","text":"uptrend and (close + low - 1) * 2 > rsi(close, length)[2] or not crosses_above(b.upper, on(\"4h\", -hl2))","children":[
              {"kind":"and","text":"uptrend and (close + low - 1) * 2 > rsi(close, length)[2]","children":[
                {"kind":"definition","text":"uptrend","name":"uptrend"},
                {"kind":"compare","text":"(close + low - 1) * 2 > rsi(close, length)[2]","operators":[">"],"children":[
                  {"kind":"arithmetic","text":"(close + low - 1) * 2","operators":["*"],"children":[
                    {"kind":"arithmetic","text":"close + low - 1","operators":["+","-"],"children":[
                      {"kind":"price","text":"close","name":"close"},{"kind":"input","text":"low","name":"low"},{"kind":"number","text":"1","number":1}]},
                    {"kind":"number","text":"2","number":2}]},
                  {"kind":"lag","text":"rsi(close, length)[2]","children":[
                    {"kind":"indicator","text":"rsi(close, length)","name":"rsi","children":[{"kind":"price","text":"close","name":"close"},{"kind":"input","text":"length","name":"length"}]},
                    {"kind":"number","text":"2","number":2}]}]}]},
              {"kind":"not","text":"not crosses_above(b.upper, on(\"4h\", -hl2))","children":[
                {"kind":"cross","text":"crosses_above(b.upper, on(\"4h\", -hl2))","name":"crosses_above","children":[
                  {"kind":"output","text":"b.upper","name":"upper","children":[{"kind":"definition","text":"b","name":"b"}]},
                  {"kind":"on","text":"on(\"4h\", -hl2)","children":[
                    {"kind":"text","text":"\"4h\"","name":"4h"},
                    {"kind":"negate","text":"-hl2","children":[{"kind":"price","text":"hl2","name":"hl2"}]}]}]}]}]}
            """));
        var not = trees["enter"].Children[1];
        (not.Line, not.Column, not.Length).ShouldBe((2, 4, 42));
        var sum = trees["enter"].Children[0].Children[1].Children[0].Children[0];
        (sum.Line, sum.Column, sum.Length).ShouldBe((1, 13, 17));
    }

    [Fact]
    public void An_explanation_gives_every_part_its_value_at_the_row()
    {
        var strategy = Checked("uptrend and on(\"2h\", close + 1) > 3 and close[1] > low and b.upper > 0");
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var trace = strategy.AddTraceTo(graph);
        var run = StrategyTests.Run(graph, [1, 2, 3, 4]);
        Known(trace.Enter(run, 3)).ShouldBe(
        [
            "uptrend and on(\"2h\", close + 1) > 3 and close[1] > low and b.upper > 0 = unknown",
            "uptrend = true", "= close > low = true", "= close = 4", "= low = 2",
            "on(\"2h\", close + 1) > 3 = true", "on(\"2h\", close + 1) = 5", "close + 1 = 5", "close = 4", "1 = 1", "3 = 3",
            "close[1] > low = true", "close[1] = 3", "close = 4", "1 = 1", "low = 2",
            "b.upper > 0 = unknown", "b.upper = unknown", "= close = 4", "= 20 = 20", "= 2 = 2", "0 = 0",
        ]);
        Known(trace.Enter(run, 0))[..2].ShouldBe(["uptrend and on(\"2h\", close + 1) > 3 and close[1] > low and b.upper > 0 = false", "uptrend = false"]);
        Known(trace.Enter(run, 0)).ShouldContain("on(\"2h\", close + 1) = unknown");
        trace.Exit(run, 3).ShouldBeNull();
        trace.Parts.ShouldContain(trace.Nodes.Enter);
        Json(trace.Enter(run, 3).Children[0], "kind", "truth", "value").ShouldBe(Compact("""
            {"kind":"definition","truth":"true","definition":{"kind":"compare","truth":"true","children":[{"kind":"price","value":4},{"kind":"input","value":2}]}}
            """));
    }

    [Fact]
    public void Parts_of_longer_candles_are_explained_as_the_row_sees_them()
    {
        var strategy = Checked("on(\"2h\", on(\"4h\", close + volume) > open)");
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var trace = strategy.AddTraceTo(graph);
        var run = StrategyTests.Run(graph, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Known(trace.Enter(run, 8)).ShouldBe(
        [
            "on(\"2h\", on(\"4h\", close + volume) > open) = true", "on(\"4h\", close + volume) > open = true", "on(\"4h\", close + volume) = 12",
            "close + volume = 12", "close = 8", "volume = 4", "open = 7",
        ]);
    }

    [Fact]
    public void A_crossing_is_explained_with_the_row_before()
    {
        var strategy = Checked("crosses_above(close, low) or on(\"2h\", crosses_below(close, 10))");
        var graph = new RuleGraph(strategy.Document.Timeframe);
        var trace = strategy.AddTraceTo(graph);
        var run = graph.Start(strategy.Document.Timeframe, new GraphOptions { Keep = trace.Parts });
        run.Next(StrategyTests.Candles([1, 2, 3, 20, 5, 6]), 0, 6);
        var (cross, on) = (trace.Enter(run, 2).Children[0], trace.Enter(run, 5).Children[1].Children[1]);
        (cross.Truth, cross.Children[0].Before, cross.Children[0].Value, cross.Children[1].Before).ShouldBe((true, 2, 3, 2));
        (on.Truth, on.Children[0].Before, on.Children[0].Value, on.Children[1].Before).ShouldBe((true, 20, 6, 10));
        trace.Enter(run, 0).Children[0].Children[0].ShouldSatisfyAllConditions(side => side.IsCrossing.ShouldBeTrue(), side => side.Before.ShouldBeNull());
        Json(cross, "before", "value").ShouldBe("""{"children":[{"value":3,"before":2},{"value":2,"before":2}]}""");
    }

    [Fact]
    public void A_faulty_document_has_the_trees_that_can_be_read()
    {
        var trees = Strategy.TreesOf(new() { Timeframe = Timeframe.Parse("1h"), Define = new Dictionary<string, string> { ["a"] = "close >", ["b"] = "nothing(1)" }, Enter = "clos > b", Exit = ")" });
        trees.Keys.ShouldBe(["enter", "define.b"]);
        trees["enter"].Children[0].Kind.ShouldBe("name");
        trees["define.b"].Kind.ShouldBe("call");
    }

    [Fact]
    public void Long_parts_do_not_repeat_themselves()
    {
        var tree = Checked(string.Join(" and ", Enumerable.Repeat("(close > 1 or close > 2)", 100))).Trees()["enter"];
        tree.Text.ShouldBeEmpty();
        tree.Children[99].Text.ShouldBe("close > 1 or close > 2");
    }

    private static Strategy Checked(string enter) => Strategy.Check(new()
    {
        Timeframe = Timeframe.Parse("1h"),
        Inputs = new Dictionary<string, double> { ["low"] = 2, ["length"] = 3 },
        Define = new OrderedDictionary<string, string> { ["uptrend"] = "close > low", ["b"] = "bollinger(close, 20, 2)" },
        Enter = enter,
    }, out var errors).ShouldNotBeNull(errors.Count > 0 ? errors[0].ToString() : "");

    private static string[] Known(RuleTree tree, string mark = "")
    {
        var own = tree.IsExplained
            ? [$"{mark}{tree.Text} = {(tree.IsCondition ? tree.Truth?.ToString().ToLowerInvariant() : tree.Value?.ToString(System.Globalization.CultureInfo.InvariantCulture)) ?? "unknown"}"]
            : Array.Empty<string>();
        return [.. own, .. tree.Definition is null ? [] : Known(tree.Definition, "= "), .. tree.Children.SelectMany(child => Known(child, mark))];
    }

    private static string Json(RuleTree tree, params string[] fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            tree.Write(writer);
        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        return Picked(json.RootElement, fields);
    }

    private static string Picked(JsonElement tree, string[] fields)
    {
        var text = new StringBuilder("{");
        foreach (var property in tree.EnumerateObject())
        {
            var value = property.Name switch
            {
                "children" => "[" + string.Join(',', property.Value.EnumerateArray().Select(child => Picked(child, fields))) + "]",
                "definition" => Picked(property.Value, fields),
                _ when fields.Contains(property.Name) => property.Value.GetRawText().Replace("\\u0022", "\\\"").Replace("\\u003E", ">").Replace("\\u002B", "+"),
                _ => null,
            };
            if (value is not null)
                text.Append(text.Length > 1 ? "," : "").Append($"\"{property.Name}\":{value}");
        }

        return text.Append('}').ToString();
    }

    private static string Compact(string json) => string.Concat(json.Split('\n').Select(line => line.Trim()));
}
