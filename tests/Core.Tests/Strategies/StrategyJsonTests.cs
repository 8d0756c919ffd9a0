using System.Text;
using System.Text.RegularExpressions;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;

namespace Lastro.Core.Tests.Strategies;

public sealed class StrategyJsonTests
{
    private const string Plain = """
        { "name": "RSI reversal", "timeframe": "1h", "inputs": { "length": 14, "low": 30, "high": 70 },
          "define": { "r": "rsi(close, length)" }, "enter": "r < low", "exit": "r > high",
          "size": "100%", "takeProfit": "15%", "stopLoss": "3%", "trailingStop": null, "maxBars": null, "cooldownBars": 0 }
        """;

    private const string Full = """
        { "timeframe": "1M", "inputs": { "k": 0.1, "z": -1e-7 }, "enter": "close > k", "size": { "risk": "1.1%", "stop": "2*atr(14)" }, "trailingStop": "0.07%",
          "maxBars": 48, "cooldownBars": 6, "protections": { "maxDrawdown": "20%", "dailyLoss": "5%", "stopGuard": { "stops": 3, "bars": 48, "pause": 24 } } }
        """;

    [Fact]
    public void The_document_of_the_interfaces_is_read()
    {
        var document = Read(Plain);
        (document.Name, document.Timeframe.Code, document.Enter, document.Exit, document.Define["r"]).ShouldBe(("RSI reversal", "1h", "r < low", "r > high", "rsi(close, length)"));
        document.Inputs.ShouldBe(new Dictionary<string, double> { ["length"] = 14, ["low"] = 30, ["high"] = 70 });
        (document.Size, document.TakeProfit, document.StopLoss, document.TrailingStop).ShouldBe((Sizing.AllCash, 0.15, 0.03, null));
        (document.MaxBars, document.CooldownBars, document.Protections).ShouldBe((null, 0, null));
    }

    [Fact]
    public void The_shortest_document_has_the_usual_values()
    {
        var document = Read("""{"timeframe":"4h","enter":"close > open"}""");
        document.ShouldSatisfyAllConditions(
            () => document.Name.ShouldBe(""), () => document.Exit.ShouldBeNull(), () => document.Size.ShouldBe(Sizing.AllCash), () => document.CooldownBars.ShouldBe(0),
            () => document.Inputs.ShouldBeEmpty(), () => document.Define.ShouldBeEmpty(), () => document.Timeframe.ShouldBe(Timeframe.Parse("4h")));
    }

    [Fact]
    public void A_share_is_the_number_divided_by_100_in_double()
    {
        var document = Read(Full);
        document.Size.ShouldBe(new RiskSizing(1.1 / 100, "2*atr(14)"));
        document.TrailingStop.ShouldBe(0.07 / 100);
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Full)]
    [InlineData("""{"timeframe":"1m","enter":"é\n<","size":{"fixed":"0500.50"},"inputs":{"a":1e21,"b":-0.1}}""")]
    [InlineData("""{"timeframe":"1m","enter":"1>2","size":{"kelly":"25%","trades":30,"start":"5%"},"protections":{"dailyLoss":"33.3%"}}""")]
    public void What_is_written_reads_back_and_is_written_the_same(string json)
    {
        var once = StrategyJson.Write(Read(json));
        StrategyJson.Write(Read(once)).ShouldBe(once);
    }

    [Fact]
    public void Every_percentage_survives()
    {
        var random = new Random(5);
        for (var run = 0; run < 20_000; run++)
        {
            var digits = random.Next(0, 12);
            var text = $"{random.Next(0, 1000)}" + (digits == 0 ? "" : "." + string.Concat(Enumerable.Range(0, digits).Select(_ => random.Next(10)))) + "%";
            Percentages.TryRead(text, out var fraction).ShouldBeTrue();
            Percentages.TryRead(Percentages.Text(fraction), out var back).ShouldBeTrue();
            back.ShouldBe(fraction, text);
        }

        (Percentages.Text(0.15), Percentages.Text(1.1 / 100), Percentages.Text(0.07 / 100), Percentages.Text(1)).ShouldBe(("15%", "1.1%", "0.07%", "100%"));
    }

    [Theory]
    [InlineData("""{"enter":"1>2"}""", "timeframe missing_field")]
    [InlineData("""{"timeframe":"1h"}""", "enter missing_field")]
    [InlineData("""{"timeframe":"7h","enter":"1>2"}""", "timeframe unknown_timeframe")]
    [InlineData("""{"timeframe":1,"enter":["1>2"]}""", "timeframe needs_text, enter needs_text")]
    [InlineData("[]", " not_an_object")]
    [InlineData("", " invalid_json")]
    [InlineData("{\"timeframe\":\"1h\",\"enter\":\"\\ud800\"}", " invalid_json")]
    [InlineData("{\"timeframe\":\"1h\"} x", " invalid_json")]
    [InlineData("""{T,"size":"101%"}""", "size percent_too_large")]
    [InlineData("""{T,"size":"0%"}""", "size percent_too_small")]
    [InlineData("""{T,"size":1}""", "size needs_size")]
    [InlineData("""{T,"size":"1e1%"}""", "size needs_percent")]
    [InlineData("""{T,"size":{}}""", "size needs_size")]
    [InlineData("""{T,"size":{"fixed":500}}""", "size.fixed needs_text")]
    [InlineData("""{T,"size":{"fixed":"0"}}""", "size.fixed not_above_zero")]
    [InlineData("""{T,"size":{"fixed":""}}""", "size.fixed needs_amount")]
    [InlineData("""{T,"size":{"fixed":"1e3"}}""", "size.fixed needs_amount")]
    [InlineData("""{T,"size":{"fixed":"-5"}}""", "size.fixed needs_amount")]
    [InlineData("""{T,"size":{"risk":"1%"}}""", "size.stop missing_field")]
    [InlineData("""{T,"size":{"risk":"1%","stop":"clos"}}""", "size.stop unknown_name_hint")]
    [InlineData("""{T,"size":{"kelly":"101%","trades":0,"start":"5%"}}""", "size.kelly percent_too_large, size.trades out_of_range")]
    [InlineData("""{T,"stopLoss":"100%"}""", "stopLoss percent_not_below")]
    [InlineData("""{T,"takeProfit":".5%"}""", "takeProfit needs_percent")]
    [InlineData("""{T,"takeProfit":0.15}""", "takeProfit needs_percent")]
    [InlineData("""{T,"maxBars":0}""", "maxBars out_of_range")]
    [InlineData("""{T,"maxBars":1.5}""", "maxBars needs_whole_number")]
    [InlineData("""{T,"cooldownBars":1e99}""", "cooldownBars out_of_range")]
    [InlineData("""{T,"leverage":2}""", "leverage unknown_field")]
    [InlineData("""{T,"stoploss":"3%"}""", "stoploss unknown_field_hint")]
    [InlineData("""{T,"enter":"1>2"}""", "enter duplicate_field")]
    [InlineData("""{T,"inputs":{"n":1,"n":2}}""", "inputs.n duplicate_field")]
    [InlineData("""{T,"inputs":{"n":"1"}}""", "inputs.n needs_number")]
    [InlineData("""{T,"inputs":{"n":1e999}}""", "inputs.n needs_number")]
    [InlineData("""{T,"inputs":{"and":1}}""", "inputs.and reserved_name")]
    [InlineData("""{T,"inputs":5}""", "inputs needs_object")]
    [InlineData("""{T,"define":{"a b":"close"}}""", "define.a b bad_name")]
    [InlineData("""{T,"define":{"":"close"}}""", "define. bad_name")]
    [InlineData("""{T,"inputs":{"a":1},"define":{"a":"close"}}""", "define.a name_taken_twice")]
    [InlineData("""{T,"protections":{"stopGuard":{"stops":3,"bars":0}}}""", "protections.stopGuard.pause missing_field, protections.stopGuard.bars out_of_range")]
    public void A_refusal_names_the_field(string json, string expected)
    {
        Strategy.Read(json.Replace("{T", """{"timeframe":"1h","enter":"close > 1" """), out var errors).ShouldBeNull();
        string.Join(", ", errors.Select(error => $"{error.Field} {error.Code}")).ShouldBe(expected);
        errors.ShouldAllBe(error => error.Line >= 1 && error.Column >= 1 && !Regex.IsMatch(error.Message, @"\{\w+\}", RegexOptions.NonBacktracking));
    }

    [Theory]
    [InlineData("""{T,"inputs":{"n":"1"}}""", "'inputs.n' must be a number without quotes, not \"1\".")]
    [InlineData("""{T,"maxBars":0}""", "'maxBars' must be from 1 to 10000000, not 0.")]
    [InlineData("""{T,"stopLoss":"120%"}""", "'stopLoss' must be below 100%, not 120%.")]
    [InlineData("""{T,"size":[1]}""", "'size' must be a percentage such as \"100%\", or an object with 'fixed', 'risk' or 'kelly'; [1] is none of them.")]
    [InlineData("""{T,"size":"{least} {value}"}""", "'size' must be a percentage such as \"15%\", not \"{least} {value}\".")]
    [InlineData("""{T,"exit":5}""", "'exit' must be a text in quotes, not 5.")]
    [InlineData("""{T,"stoploss":"3%"}""", "There is no field 'stoploss'; 'stopLoss' was probably meant.")]
    public void A_refusal_names_field_value_and_limit(string json, string message)
    {
        Strategy.Read(json.Replace("{T", """{"timeframe":"1h","enter":"close > 1" """), out var errors).ShouldBeNull();
        errors.ShouldHaveSingleItem().Message.ShouldBe(message);
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        Strategy.Read(Encoding.UTF8.GetBytes("{" + new string(' ', 300_000) + "}"), out var errors).ShouldBeNull();
        errors.ShouldHaveSingleItem().Code.ShouldBe("document_too_large");
        var inputs = string.Join(',', Enumerable.Range(0, 201).Select(index => $"\"i{index}\":1"));
        Strategy.Read($$"""{"timeframe":"1h","enter":"1>2","inputs":{ {{inputs}} },"name":"{{new string('x', 201)}}","define":{"{{new string('y', 65)}}":"close"} }""", out errors).ShouldBeNull();
        errors.Select(error => error.Code).ShouldBe(["name_too_long", "too_many", "name_too_long"]);
        var unknown = string.Join(',', Enumerable.Range(0, 500).Select(index => $"\"zz{index}\":1"));
        Strategy.Read($$"""{"timeframe":"1h","enter":"1>2",{{unknown}}}""", out errors).ShouldBeNull();
        errors.Count.ShouldBe(StrategyLimits.Errors);
    }

    [Theory]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  \"enter\": \"clos > 1\"\n}", 3, 13)]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  \"enter\": \"close > 1 and\\n\\\"\\u0061 \"\n}", 3, 28)]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  \"enter\": \"close\\n  > x\"\n}", 3, 24)]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  \"enter\": \"close > 1\",\n  \"stopLoss\": \"x\"\n}", 4, 15)]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  \"enter\": \"close > 1\",\n  \"define\": {\"é\": \"1\"}\n}", 4, 14)]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  \"inputs\": {\"a\": 1,\n \"a\": 1}, \"enter\": \"close > a\"\n}", 4, 2)]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  é\n}", 3, 3)]
    [InlineData("{\n  \"timeframe\": \"1h\",\n  \"inputs\": {\"not\": 1}, \"enter\": \"close > 1\"\n}", 3, 14)]
    public void A_place_is_found_in_the_file(string json, int line, int column)
    {
        Strategy.Read(json, out var errors).ShouldBeNull();
        StrategyJson.Locate(Encoding.UTF8.GetBytes(json), errors.ShouldHaveSingleItem()).ShouldBe((line, column));
    }

    [Fact]
    public void A_character_of_two_units_is_four_bytes_of_the_file()
    {
        var json = """{"timeframe":"1h","enter":"on('🚀\ud83d\ude80', 1) > x"}""".Replace("'", "\\\"");
        Strategy.Read(json, out var errors).ShouldBeNull();
        errors.Select(error => error.Column).ShouldBe([4, 17]);
        StrategyJson.Locate(Encoding.UTF8.GetBytes(json), errors[1]).ShouldBe((1, json.IndexOf('x') + 1));
    }

    [Fact]
    public void What_is_missing_is_nowhere_in_the_file()
    {
        Strategy.Read("{\"timeframe\":\"1h\"}", out var errors);
        StrategyJson.Locate("{\"timeframe\":\"1h\"}"u8, errors[0]).ShouldBeNull();
    }

    private static StrategyDocument Read(string json) => StrategyJson.Read(json, out var errors).ShouldNotBeNull(errors.Count > 0 ? errors[0].ToString() : "");
}
