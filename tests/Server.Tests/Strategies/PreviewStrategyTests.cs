using Lastro.Core.Markets;
using Lastro.Server.Tests.Backtests;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.Strategies;

public sealed class PreviewStrategyTests
{
    private const long HourMs = 3_600_000;
    private static readonly object Cross = new { name = "Cross", timeframe = "1h", define = new { calm = "sma(close, 3)" }, enter = "close > calm", exit = "close < calm" };

    [Fact]
    public async Task The_latest_closed_candles_are_marked_where_a_rule_begins_to_hold()
    {
        var candles = Latest(700);
        await using var lab = await Over(candles);
        var user = await lab.NewUser();
        var preview = (await user.Send(HttpMethod.Post, "/api/v1/strategies/preview", new { document = Cross, symbol = "BTCUSDT" })).Ok();
        (preview["symbol"], preview["timeframe"]).ShouldBe(("BTCUSDT", "1h"));
        var shown = preview.Body.GetProperty("candles").EnumerateArray().ToList();
        shown.Select(candle => candle.GetProperty("openTime").GetDateTimeOffset().ToUnixTimeMilliseconds()).ShouldBe(candles.TakeLast(500).Select(candle => candle.OpenTimeMs));

        // Told by hand: the mean of three closes.
        var closes = candles.Select(candle => (double)candle.Close.Value).ToList();
        var above = closes.Select((close, at) => at < 2 ? (bool?)null : close > (closes[at] + closes[at - 1] + closes[at - 2]) / 3).ToList();
        var expected = new List<(long, string)>();
        for (var at = 200; at < 700; at++)
        {
            if (above[at] == true && above[at - 1] != true) expected.Add((candles[at].OpenTimeMs, "enter"));
            if (above[at] == false && above[at - 1] != false) expected.Add((candles[at].OpenTimeMs, "exit"));
        }

        expected.Count.ShouldBeGreaterThan(50);
        preview.Body.GetProperty("signals").EnumerateArray().Select(signal => (signal.GetProperty("openTime").GetDateTimeOffset().ToUnixTimeMilliseconds(), signal.GetProperty("kind").GetString()!)).ShouldBe(expected);
        var plot = preview.Body.GetProperty("plots").EnumerateArray().ShouldHaveSingleItem();
        (plot.GetProperty("name").GetString(), plot.GetProperty("pane").GetString(), plot.GetProperty("values").GetArrayLength()).ShouldBe(("calm", "price", 500));
        plot.GetProperty("values")[0].GetDouble().ShouldBe((closes[200] + closes[199] + closes[198]) / 3, 1e-6);
    }

    [Fact]
    public async Task Why_or_why_not_is_told_part_by_part()
    {
        var candles = Latest(300);
        await using var lab = await Over(candles);
        var user = await lab.NewUser();
        var at = candles[250];
        var why = (await user.Send(HttpMethod.Post, "/api/v1/strategies/explain", new { document = Cross, symbol = "BTCUSDT", openTime = DateTimeOffset.FromUnixTimeMilliseconds(at.OpenTimeMs) })).Ok();
        var mean = candles.Skip(248).Take(3).Average(candle => (double)candle.Close.Value);
        var enter = why.Body.GetProperty("enter");
        enter.GetProperty("truth").GetString().ShouldBe((double)at.Close.Value > mean ? "true" : "false");
        enter.GetProperty("children")[0].GetProperty("value").GetDouble().ShouldBe((double)at.Close.Value);
        enter.GetProperty("children")[1].GetProperty("value").GetDouble().ShouldBe(mean, 1e-6);
        why.Body.GetProperty("exit").GetProperty("truth").GetString().ShouldNotBe(enter.GetProperty("truth").GetString());
        foreach (var openTime in new[] { at.OpenTimeMs + 1, candles[^1].OpenTimeMs + (5 * HourMs) })
        {
            var refused = await user.Send(HttpMethod.Post, "/api/v1/strategies/explain", new { document = Cross, symbol = "BTCUSDT", openTime = DateTimeOffset.FromUnixTimeMilliseconds(openTime) });
            ((int)refused.Status, refused["field"]).ShouldBe((404, "openTime"));
        }
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_name()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        foreach (var (body, code, field) in new (object, string, string)[]
        {
            (new { document = Cross, symbol = "NOPE" }, "unknown_symbol", "symbol"), (new { document = Cross, symbol = "BTCUSDT", limit = 501 }, "invalid_field", "limit"),
            (new { document = new { name = "x", timeframe = "1h", enter = "1 +" }, symbol = "BTCUSDT" }, "invalid_strategy", "document.enter"),
        })
        {
            var refused = await user.Send(HttpMethod.Post, "/api/v1/strategies/preview", body);
            ((int)refused.Status, refused["code"], refused["field"]).ShouldBe((422, code, field));
        }
    }

    [Fact]
    public async Task The_catalog_of_indicators_is_there_for_everybody()
    {
        await using var lab = await LabHost.Start();
        var catalog = await Trader.On(lab.Host, (await lab.Host.NewUser()) with { AccessToken = "" }, "").Get("/api/v1/indicators");
        var rsi = catalog.Ok().Items.Single(one => one.GetProperty("name").GetString() == "rsi");
        rsi.GetProperty("parameters")[0].ToString().ShouldBe("""{"name":"n","default":14,"least":1,"most":10000,"whole":true}""");
        (rsi.GetProperty("outputs")[0].GetProperty("pane").GetString(), rsi.GetProperty("outputs")[0].GetProperty("warmUp").GetInt32(), rsi.GetProperty("input").GetString()).ShouldBe(("own", 14, "series"));
        catalog.Items.Select(one => one.GetProperty("name").GetString()).ShouldBe(Lastro.Core.Indicators.IndicatorCatalog.All.Select(one => one.Name));
    }

    /// <summary>Hours up to now, the running one left out.</summary>
    private static IReadOnlyList<Candle> Latest(int count)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var first = now - (now % HourMs) - (count * HourMs);
        return [.. LabHost.Walk(count, HourMs, 9).Select(candle => candle with { OpenTimeMs = candle.OpenTimeMs - LabHost.StartMs + first })];
    }

    private static Task<LabHost> Over(IReadOnlyList<Candle> candles) => LabHost.Over(source => source.History[(new Symbol("BTCUSDT"), Timeframe.Parse("1h"))] = candles);
}
