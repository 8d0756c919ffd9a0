using System.Text.Json;

namespace Lastro.Server.Tests.BinanceApi.Streams;

/// <summary>What each stream says, and when.</summary>
public sealed class StreamEventsTests
{
    [Fact]
    public async Task Trades_come_each_alone_and_in_order()
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws/btcusdt@trade/btcusdt@aggTrade");
        await scene.Heard("btcusdt@aggTrade");
        for (var id = 1; id <= 200; id++) await scene.Trade(id, 100m + id, id);
        for (var id = 1; id <= 200; id++)
        {
            var (trade, whole) = ((await client.Next())!.Value, (await client.Next())!.Value);
            (trade.GetProperty("e").GetString(), trade.GetProperty("t").GetInt64(), trade.GetProperty("m").GetBoolean()).ShouldBe(("trade", id, id % 2 == 0));
            (whole.GetProperty("e").GetString(), whole.GetProperty("a").GetInt64(), whole.GetProperty("f").GetInt64(), whole.GetProperty("l").GetInt64()).ShouldBe(("aggTrade", id, id, id));
            whole.GetProperty("p").GetString().ShouldBe($"{100 + id}.00000000");
        }
    }

    [Fact]
    public async Task A_kline_runs_and_closes_once_with_its_trades()
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/stream?streams=btcusdt@kline_1m/btcusdt@kline_1m@%2B08:00");
        await scene.Heard("btcusdt@kline_1m@+08:00");
        for (var id = 1; id <= 5; id++) await scene.Trade(id, 100m + id, id * 1_000);
        var running = await client.Event("kline");
        (running.GetProperty("k").GetProperty("x").GetBoolean(), running.GetProperty("k").GetProperty("t").GetInt64()).ShouldBe((false, StreamScene.StartMs));

        await scene.Trade(6, 110m, 60_001);
        var closed = await client.Event("kline", kline => kline.GetProperty("k").GetProperty("x").GetBoolean() || kline.GetProperty("k").GetProperty("t").GetInt64() > StreamScene.StartMs);
        closed.GetProperty("k").GetRawText().ShouldBe(
            """{"t":1723161300000,"T":1723161359999,"s":"BTCUSDT","i":"1m","f":1,"L":5,"o":"101.00000000","c":"105.00000000","h":"105.00000000","l":"101.00000000","v":"0.10000000","n":5,"x":true,"q":"10.30000000","V":"0.06000000","Q":"6.18000000","B":"0"}""");
        var next = await client.Event("kline", kline => kline.GetProperty("k").GetProperty("t").GetInt64() > StreamScene.StartMs);
        (next.GetProperty("k").GetProperty("f").GetInt64(), next.GetProperty("k").GetProperty("o").GetString()).ShouldBe((6, "110.00000000"));
    }

    [Fact]
    public async Task The_best_levels_come_at_once_and_when_they_change()
    {
        await using var scene = await StreamScene.Set();
        await scene.Depth(10, 10, true, [.. Enumerable.Range(0, 30).Select(i => (100m - i, 1m + i))], [.. Enumerable.Range(0, 30).Select(i => (101m + i, 2m + i))]);
        using var client = await scene.Connect("/stream?streams=btcusdt@depth5@100ms/btcusdt@depth20");
        var first = await client.Until(message => message.GetProperty("stream").GetString() == "btcusdt@depth5@100ms");
        first.GetRawText().ShouldBe(
            """{"stream":"btcusdt@depth5@100ms","data":{"lastUpdateId":10,"bids":[["100.00000000","1.00000000"],["99.00000000","2.00000000"],["98.00000000","3.00000000"],["97.00000000","4.00000000"],["96.00000000","5.00000000"]],"asks":[["101.00000000","2.00000000"],["102.00000000","3.00000000"],["103.00000000","4.00000000"],["104.00000000","5.00000000"],["105.00000000","6.00000000"]]}}""");
        await scene.Depth(11, 12, false, [(100m, 0m)], [(100.5m, 9m)]);
        var second = (await client.Until(message => message.GetProperty("stream").GetString() == "btcusdt@depth5@100ms")).GetProperty("data");
        (second.GetProperty("lastUpdateId").GetInt64(), second.GetProperty("bids")[0][0].GetString(), second.GetProperty("asks")[0][0].GetString()).ShouldBe((12, "99.00000000", "100.50000000"));
        var slow = (await client.Until(message => message.GetProperty("stream").GetString() == "btcusdt@depth20" && message.GetProperty("data").GetProperty("lastUpdateId").GetInt64() == 12)).GetProperty("data");
        (slow.GetProperty("bids").GetArrayLength(), slow.GetProperty("asks").GetArrayLength()).ShouldBe((20, 20));
    }

    [Fact]
    public async Task Changes_of_a_book_follow_each_other_without_a_hole_also_over_a_new_snapshot()
    {
        await using var scene = await StreamScene.Set();
        await scene.Depth(10, 10, true, [(100m, 1m), (99m, 1m)], [(101m, 1m), (102m, 1m)]);
        using var client = await scene.Connect("/ws/btcusdt@depth@100ms");
        await scene.Heard("btcusdt@depth@100ms");
        await Task.Delay(250);
        await scene.Depth(11, 13, false, [(100m, 2m)], []);
        var first = await client.Event("depthUpdate");
        first.GetProperty("b").GetRawText().ShouldBe("""[["100.00000000","2.00000000"]]""");
        (first.GetProperty("U").GetInt64(), first.GetProperty("u").GetInt64()).ShouldBe((11, 13));

        await scene.Pair().BookLost();
        await scene.Depth(50, 50, true, [(100m, 2m), (98m, 5m)], [(102m, 1m), (101m, 4m)]);
        var second = await client.Event("depthUpdate");
        (second.GetProperty("U").GetInt64(), second.GetProperty("u").GetInt64()).ShouldBe((14, 50));
        second.GetProperty("b").GetRawText().ShouldBe("""[["99.00000000","0.00000000"],["98.00000000","5.00000000"]]""");
        second.GetProperty("a").GetRawText().ShouldBe("""[["101.00000000","4.00000000"]]""");

        await scene.Depth(7, 7, true, [(100m, 2m)], [(102m, 1m)]);
        (await client.UntilClosed()).ShouldBe(1012, "numbers that go back cannot be continued");
    }

    [Fact]
    public async Task Quotes_are_told_as_they_come()
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws/btcusdt@bookTicker");
        await scene.Heard("btcusdt@bookTicker");
        await scene.Pair().Top(new(50093239212, new(61_837.63m), new(3.78826m), new(61_837.64m), new(1.54698m), StreamScene.StartMs));
        (await client.Next())!.Value.GetRawText().ShouldBe(
            """{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}""");
    }

    [Fact]
    public async Task Statistics_come_once_a_second_and_hold_the_day()
    {
        await using var scene = await StreamScene.Set();
        for (var id = 1; id <= 10; id++) await scene.Trade(id, 100m + id, id * 1_000);
        using var client = await scene.Connect("/stream?streams=btcusdt@ticker/btcusdt@miniTicker/btcusdt@ticker_1h/btcusdt@avgPrice/!miniTicker@arr/!ticker@arr/!ticker_4h@arr");
        var seen = new Dictionary<string, JsonElement>();
        while (seen.Count < 7)
        {
            var message = (await client.Next())!.Value;
            seen[message.GetProperty("stream").GetString()!] = message.GetProperty("data");
        }

        seen["btcusdt@miniTicker"].GetRawText().ShouldBe(
            """{"e":"24hrMiniTicker","E":1723161310000,"s":"BTCUSDT","c":"110.00000000","o":"101.00000000","h":"110.00000000","l":"101.00000000","v":"0.20000000","q":"21.10000000"}""");
        seen["btcusdt@ticker"].GetRawText().ShouldBe(
            """{"e":"24hrTicker","E":1723161310000,"s":"BTCUSDT","p":"9.00000000","P":"8.911","w":"105.50000000","x":"101.00000000","c":"110.00000000","Q":"0.02000000","b":"0.00000000","B":"0.00000000","a":"0.00000000","A":"0.00000000","o":"101.00000000","h":"110.00000000","l":"101.00000000","v":"0.20000000","q":"21.10000000","O":1723074910000,"C":1723161310000,"F":1,"L":10,"n":10}""");
        seen["btcusdt@ticker_1h"].GetRawText().ShouldBe(
            """{"e":"1hTicker","E":1723161310000,"s":"BTCUSDT","p":"9.00000000","P":"8.911","o":"101.00000000","h":"110.00000000","l":"101.00000000","c":"110.00000000","w":"105.50000000","v":"0.20000000","q":"21.10000000","O":1723157700000,"C":1723161310000,"F":1,"L":10,"n":10}""");
        seen["btcusdt@avgPrice"].GetRawText().ShouldBe("""{"e":"avgPrice","E":1723161310000,"s":"BTCUSDT","i":"5m","w":"105.50000000","T":1723161310000}""");
        seen["!miniTicker@arr"].GetArrayLength().ShouldBe(1, "the other pair has never traded");
        seen["!miniTicker@arr"][0].GetRawText().ShouldBe(seen["btcusdt@miniTicker"].GetRawText());
        seen["!ticker@arr"][0].GetRawText().ShouldBe(seen["btcusdt@ticker"].GetRawText());
        seen["!ticker_4h@arr"][0].GetProperty("e").GetString().ShouldBe("4hTicker");

        await scene.Trade(1, 2_500m, 11_000, "ETHUSDT");
        var changed = await client.Until(message => message.GetProperty("stream").GetString() == "!miniTicker@arr");
        changed.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("s").GetString()).ShouldBe(["ETHUSDT"], "only what changed");
    }
}
