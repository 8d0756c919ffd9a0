using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Tests.BinanceApi.Wire;
using Lastro.Server.Tests.Markets;
using Lastro.Server.Tests.Orders;

namespace Lastro.Server.Tests.BinanceApi.Market;

/// <summary>Values of the public calls, over prices the test writes by hand. Its clock starts at a full hour, 2024-08-09 00:00.</summary>
public sealed class MarketCallsTests : IAsyncLifetime
{
    private const long StartMs = 1_723_161_600_000;
    private const long MinuteMs = 60_000;

    private ScriptedMarket _market = null!;

    public async Task InitializeAsync() => _market = await ScriptedMarket.Start(settings: ["--BinanceApi:WeightPerMinute", "0"]);

    public async Task DisposeAsync() => await _market.DisposeAsync();

    [Fact]
    public async Task The_book_is_shown_best_first_up_to_the_limit_with_the_number_of_its_last_change()
    {
        await _market.Trade(60_000m);
        await _market.Book([.. Enumerable.Range(0, 120).Select(at => ScriptedMarket.Level(59_999m - at, at + 1))], [ScriptedMarket.Level(60_001m, 0.5m)]);
        await _market.Change([ScriptedMarket.Level(59_999m, 0m)], [ScriptedMarket.Level(60_000.5m, 0.123456789m)]);
        var book = await Ask("/api/v3/depth?symbol=BTCUSDT&limit=2");
        book.GetRawText().ShouldBe("""{"lastUpdateId":3,"bids":[["59998.00000000","2.00000000"],["59997.00000000","3.00000000"]],"asks":[["60000.50000000","0.12345678"],["60001.00000000","0.50000000"]]}""");
        (await Ask("/api/v3/depth?symbol=BTCUSDT")).GetProperty("bids").GetArrayLength().ShouldBe(100);
        (await Ask("/api/v3/depth?symbol=BTCUSDT&limit=99999")).GetProperty("bids").GetArrayLength().ShouldBe(119);
    }

    [Fact]
    public async Task Trades_come_oldest_first_the_newest_or_from_an_id_or_a_time_on()
    {
        for (var i = 1; i <= 10; i++) await _market.Trade(100m + i, i);
        Ids(await Ask("/api/v3/trades?symbol=BTCUSDT&limit=3")).ShouldBe([8, 9, 10]);
        Ids(await Ask("/api/v3/trades?symbol=BTCUSDT&limit=3&fromId=2")).ShouldBe([8, 9, 10], "fromId is for older trades alone");
        Ids(await Ask("/api/v3/historicalTrades?symbol=BTCUSDT&limit=3&fromId=2")).ShouldBe([2, 3, 4]);
        Ids(await Ask("/api/v3/historicalTrades?symbol=BTCUSDT&fromId=11")).ShouldBeEmpty();
        var first = (await Ask("/api/v3/historicalTrades?symbol=BTCUSDT&limit=1&fromId=1"))[0];
        first.GetRawText().ShouldBe($$"""{"id":1,"price":"101.00000000","qty":"1.00000000","quoteQty":"101.00000000","time":{{StartMs + 100}},"isBuyerMaker":false,"isBestMatch":true}""");

        Ids(await Ask("/api/v3/aggTrades?symbol=BTCUSDT&limit=3"), "a").ShouldBe([8, 9, 10]);
        Ids(await Ask("/api/v3/aggTrades?symbol=BTCUSDT&limit=3&fromId=2"), "a").ShouldBe([2, 3, 4]);
        Ids(await Ask($"/api/v3/aggTrades?symbol=BTCUSDT&startTime={StartMs + 300}&endTime={StartMs + 500}"), "a").ShouldBe([3, 4, 5]);
        Ids(await Ask($"/api/v3/aggTrades?symbol=BTCUSDT&startTime={StartMs + 300}000&limit=2"), "a").ShouldBe([3, 4]);
        Ids(await Ask($"/api/v3/aggTrades?symbol=BTCUSDT&endTime={StartMs + 500}&limit=2"), "a").ShouldBe([4, 5]);
        (await Refuse($"/api/v3/aggTrades?symbol=BTCUSDT&fromId=1&startTime={StartMs}")).ShouldBe((400, -1128, "Combination of optional parameters invalid."));
    }

    [Fact]
    public async Task Klines_are_the_newest_or_the_oldest_from_a_time_on_with_the_running_one()
    {
        await Minutes(10);
        Opens(await Klines("interval=1m&limit=3")).ShouldBe([8, 9, 10]);
        Opens(await Klines($"interval=1m&limit=3&endTime={At(5)}")).ShouldBe([3, 4, 5]);
        Opens(await Klines($"interval=1m&limit=3&startTime={At(2)}")).ShouldBe([2, 3, 4]);
        Opens(await Klines($"interval=1m&limit=3&startTime={At(2) - 1}")).ShouldBe([2, 3, 4]);
        Opens(await Klines($"interval=1m&limit=3&startTime={At(2) + 1}")).ShouldBe([3, 4, 5]);
        Opens(await Klines($"interval=1m&startTime={At(2)}000&endTime={At(4)}000")).ShouldBe([2, 3, 4], "microseconds");
        Opens(await Klines($"interval=1m&startTime={At(9)}")).ShouldBe([9, 10]);
        Opens(await Klines($"interval=1m&startTime={At(20)}")).ShouldBeEmpty();
        Opens(await Klines($"interval=1m&startTime={At(4)}&endTime={At(2)}")).ShouldBeEmpty();
        Opens(await Klines("interval=1m&startTime=99999999999999&limit=2")).ShouldBeEmpty();
        (await Klines($"interval=1m&startTime={At(3)}&limit=1"))[0].GetRawText().ShouldBe(
            $"""[{At(3)},"103.00000000","103.50000000","103.00000000","103.50000000","3.00000000",{At(4) - 1},"310.00000000",2,"3.00000000","310.00000000","0"]""");
        Opens(await Ask("/api/v3/uiKlines?symbol=BTCUSDT&interval=1m&limit=2")).ShouldBe([9, 10]);
    }

    [Fact]
    public async Task A_start_before_the_first_candle_gives_the_first_ones()
    {
        var first = StartMs - (40 * MinuteMs);
        var history = Enumerable.Range(0, 40).Select(at => ScriptedSource.Flat(first + (at * MinuteMs), 50m + at)).ToList();
        _market.Source.History[(new Symbol("BTCUSDT"), Timeframe.Minute)] = history;
        await _market.Trade(100m);
        Opens(await Klines("interval=1m&startTime=0&limit=1")).ShouldBe([-40]);
        Opens(await Klines("interval=1m&startTime=1502942400000&limit=2")).ShouldBe([-40, -39]);
    }

    [Fact]
    public async Task Another_time_zone_moves_where_days_begin()
    {
        var hour = Timeframe.Parse("1h");
        var first = StartMs - (48 * 60 * MinuteMs);
        _market.Source.History[(new Symbol("BTCUSDT"), hour)] = [.. Enumerable.Range(0, 48).Select(at => ScriptedSource.Flat(first + (at * 60 * MinuteMs), 50m + at))];
        await _market.Trade(100m);
        var days = await Klines("interval=1d&limit=3&timeZone=-3:00");
        Opens(days).ShouldBe([-69 * 60, -45 * 60, -21 * 60], "midnight three hours after UTC's; of the first day three hours are known");
        var whole = days[1];
        // 24 hours from the fourth on: 53 ... 76, one unit each.
        (whole[1].GetString(), whole[4].GetString(), whole[5].GetString(), whole[8].GetInt32()).ShouldBe(("53.00000000", "76.00000000", "24.00000000", 24));
        Opens(await Klines("interval=1h&limit=2&timeZone=5")).ShouldBe([-60, 0], "hours are the same everywhere");
        (await Klines("interval=1d&limit=1"))[0][0].GetInt64().ShouldBe(StartMs);
        foreach (var wrong in new[] { "15", "-12:01", "x", "1:2", "5:99" })
            (await Refuse($"/api/v3/klines?symbol=BTCUSDT&interval=1d&timeZone={wrong}")).ShouldBe((400, -1130, "Data sent for parameter 'timeZone' is not valid."));
    }

    [Fact]
    public async Task The_average_is_weighted_by_volume_over_five_minutes()
    {
        await _market.Trade(99m, 100m);
        await _market.Pass(10 * MinuteMs, 101m);
        await _market.Trade(103m, 3m);
        var answer = await Eventually("/api/v3/avgPrice?symbol=BTCUSDT", found => found.GetProperty("price").GetString() == "102.50000000");
        answer.GetProperty("mins").GetInt32().ShouldBe(5);
        answer.GetProperty("closeTime").GetInt64().ShouldBeLessThanOrEqualTo(_market.NowMs);
    }

    [Fact]
    public async Task A_day_counts_its_trades_and_tells_first_and_last()
    {
        await _market.Trade(100m, 2m);
        await _market.Pass(MinuteMs, 98m);
        await _market.Trade(102m, 1m);
        await _market.Top(101m, 103m, 7m);
        var day = await Eventually("/api/v3/ticker/24hr?symbol=BTCUSDT", found => found.GetProperty("bidQty").GetString() == "7.00000000");
        (Text(day, "priceChange"), Text(day, "priceChangePercent"), Text(day, "weightedAvgPrice"), Text(day, "lastPrice"), Text(day, "lastQty"))
            .ShouldBe(("2.00000000", "2.000", "100.00000000", "102.00000000", "1.00000000"));
        (Text(day, "bidPrice"), Text(day, "askPrice"), Text(day, "openPrice"), Text(day, "highPrice"), Text(day, "lowPrice"), Text(day, "volume"), Text(day, "quoteVolume"))
            .ShouldBe(("101.00000000", "103.00000000", "100.00000000", "102.00000000", "98.00000000", "4.00000000", "400.00000000"));
        (Whole(day, "firstId"), Whole(day, "lastId"), Whole(day, "count")).ShouldBe((1, 3, 3));
        (Whole(day, "closeTime") - Whole(day, "openTime")).ShouldBe(86_400_000);

        var mini = await Ask("/api/v3/ticker/24hr?symbols=[%22BTCUSDT%22]&type=MINI");
        mini[0].TryGetProperty("bidPrice", out _).ShouldBeFalse();
        Text(mini[0], "lastPrice").ShouldBe("102.00000000");
        var all = await Ask("/api/v3/ticker/24hr");
        all.EnumerateArray().Select(pair => Text(pair, "symbol")).ShouldBe(["BTCUSDT", "ETHUSDT"]);
        (Whole(all[1], "firstId"), Whole(all[1], "lastId"), Whole(all[1], "count")).ShouldBe((-1, -1, 0));
        (await Ask("/api/v3/ticker/bookTicker?symbols=[%22BTCUSDT%22]")).GetRawText()
            .ShouldBe("""[{"symbol":"BTCUSDT","bidPrice":"101.00000000","bidQty":"7.00000000","askPrice":"103.00000000","askQty":"7.00000000"}]""");
        (await Ask("/api/v3/ticker/price")).GetRawText().ShouldBe("""[{"symbol":"BTCUSDT","price":"102.00000000"}]""", "a pair without any price is left out");
    }

    [Fact]
    public async Task A_window_of_ones_own_begins_at_a_full_minute()
    {
        await Minutes(10);
        var window = await Eventually("/api/v3/ticker?symbol=BTCUSDT&windowSize=3m", found => Whole(found, "lastId") == 22);
        // The running minute and three before it: minutes 7 to 10 of two trades each.
        (Text(window, "openPrice"), Text(window, "lastPrice"), Text(window, "highPrice"), Text(window, "lowPrice"), Text(window, "volume"), Whole(window, "count"))
            .ShouldBe(("107.00000000", "110.50000000", "110.50000000", "107.00000000", "12.00000000", 8));
        (Whole(window, "openTime"), Whole(window, "closeTime"), Whole(window, "firstId")).ShouldBe((At(7), _market.NowMs, 15));
        var today = await Ask("/api/v3/ticker/tradingDay?symbol=BTCUSDT&type=MINI");
        (Whole(today, "openTime"), Whole(today, "closeTime"), Whole(today, "count"), Text(today, "openPrice")).ShouldBe((StartMs, StartMs + 86_399_999, 22, "100.00000000"));
        Whole(await Ask("/api/v3/ticker/tradingDay?symbol=BTCUSDT&timeZone=-1"), "openTime").ShouldBe(StartMs - (23 * 60 * MinuteMs));
        (await Ask("/api/v3/ticker?symbols=[%22BTCUSDT%22,%22ETHUSDT%22]")).GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("/api/v3/depth", -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    [InlineData("/api/v3/depth?symbol=", -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    [InlineData("/api/v3/depth?symbol=btcusdt", -1100, "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'.")]
    [InlineData("/api/v3/depth?symbol=BTC%2FUSDT", -1100, "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'.")]
    [InlineData("/api/v3/depth?symbol=NOPE", -1121, "Invalid symbol.")]
    [InlineData("/api/v3/depth?symbol=%EF%BC%91%EF%BC%92", -1121, "Invalid symbol.")]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=x", -1100, "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.")]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=-1", -1100, "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.")]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=0", -1130, "Data sent for parameter 'limit' is not valid.")]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&symbolStatus=NONE", -1122, "Invalid symbolStatus.")]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&symbolStatus=BREAK", -1220, "The symbol's status does not match the requested symbolStatus.")]
    [InlineData("/api/v3/klines?symbol=BTCUSDT", -1102, "Mandatory parameter 'interval' was not sent, was empty/null, or malformed.")]
    [InlineData("/api/v3/klines?symbol=BTCUSDT&interval=1y", -1120, "Invalid interval.")]
    [InlineData("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=None", -1100, "Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.")]
    [InlineData("/api/v3/klines?symbol=BTCUSDT&interval=1m&endTime=99999999999999999999", -1108, "Parameter 'endTime' overflowed.")]
    [InlineData("/api/v3/ticker/24hr?type=HUGE", -1139, "Invalid ticker type.")]
    [InlineData("/api/v3/ticker/24hr?symbol=BTCUSDT&symbols=[%22ETHUSDT%22]", -1128, "Combination of optional parameters invalid.")]
    [InlineData("/api/v3/ticker/price?symbols=[%22BTCUSDT%22,%22BTCUSDT%22]", -1151, "Symbol is present multiple times in the list.")]
    [InlineData("/api/v3/ticker/price?symbols=[]", -1105, "Parameter 'symbols' was empty.")]
    [InlineData("/api/v3/ticker/price?symbols=[%22NOPE%22]", -1121, "Invalid symbol.")]
    [InlineData("/api/v3/ticker/price?symbols=BTCUSDT", -1100, "Illegal characters found in parameter 'symbols'; legal range is '^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$'.")]
    [InlineData("/api/v3/ticker/price?symbols=[1]", -1100, "Illegal characters found in parameter 'symbols'; legal range is '^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$'.")]
    [InlineData("/api/v3/ticker", -1102, "Param 'symbol' or 'symbols' must be sent, but both were empty/null!")]
    [InlineData("/api/v3/ticker?symbol=BTCUSDT&windowSize=60m", -1130, "Data sent for parameter 'windowSize' is not valid.")]
    [InlineData("/api/v3/exchangeInfo?symbol=BTCUSDT&permissions=SPOT", -1128, "Combination of optional parameters invalid.")]
    [InlineData("/api/v3/exchangeInfo?symbol=NOPE", -1121, "Invalid symbol.")]
    public async Task Refusals_are_binances(string target, int code, string message) => (await Refuse(target)).ShouldBe((400, code, message));

    [Fact]
    public async Task Unknown_and_needless_parameters_change_nothing()
    {
        await _market.Trade(100m);
        var plain = (await Ask("/api/v3/ticker/price?symbol=BTCUSDT")).GetRawText();
        (await Ask("/api/v3/ticker/price?symbol=BTCUSDT&whatever=1&limit=x&timestamp=y&recvWindow=z")).GetRawText().ShouldBe(plain);
        var names = (await Ask("/api/v3/exchangeInfo?permissions=SPOT&showPermissionSets=false")).GetProperty("symbols").EnumerateArray();
        names.Select(pair => (Text(pair, "symbol"), pair.GetProperty("permissionSets").GetArrayLength())).ShouldBe([("BTCUSDT", 0), ("ETHUSDT", 0)]);
        (await Ask("/api/v3/exchangeInfo?symbols=[%22ETHUSDT%22]")).GetProperty("symbols").GetArrayLength().ShouldBe(1);
        (await Ask("/api/v3/exchangeInfo?symbolStatus=BREAK")).GetProperty("symbols").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_limits_told_are_the_limits_set()
    {
        await using var market = await ScriptedMarket.Start(settings: ["--BinanceApi:WeightPerMinute", "1234", "--BinanceApi:Orders10s", "7", "--BinanceApi:OrdersPerDay", "0"]);
        var answer = (await RawHttp.Once(market.Host.Address, "GET", "/binance/api/v3/exchangeInfo")).Json;
        answer.GetProperty("rateLimits").GetRawText().ShouldBe(
            """[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":1234},{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":7}]""");
    }

    /// <summary>Minute n has two trades, 100 + n and half a unit more, of one and two units; the last of minute 10 is the newest.</summary>
    private async Task Minutes(int last)
    {
        for (var minute = 0; minute <= last; minute++)
        {
            await _market.Pass(At(minute) + 1_000 - _market.NowMs, 100m + minute);
            await _market.Trade(100.5m + minute, 2m);
        }
    }

    private static long At(int minute) => StartMs + (minute * MinuteMs);

    private Task<JsonElement> Klines(string query) => Ask($"/api/v3/klines?symbol=BTCUSDT&{query}");

    private static List<long> Opens(JsonElement klines) => [.. klines.EnumerateArray().Select(row => (row[0].GetInt64() - StartMs) / MinuteMs)];

    private static List<long> Ids(JsonElement trades, string name = "id") => [.. trades.EnumerateArray().Select(trade => Whole(trade, name))];

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;

    private static long Whole(JsonElement value, string name) => value.GetProperty(name).GetInt64();

    private async Task<JsonElement> Ask(string target)
    {
        var answer = await RawHttp.Once(_market.Host.Address, "GET", "/binance" + target);
        answer.Status.ShouldBe(200, $"{target}: {answer.Body}");
        return answer.Json;
    }

    /// <summary>What the lane took shows with its next pulse.</summary>
    private async Task<JsonElement> Eventually(string target, Func<JsonElement, bool> fits)
    {
        for (var wait = 0; ; wait++)
        {
            var answer = await Ask(target);
            if (fits(answer)) return answer;
            wait.ShouldBeLessThan(200, answer.ToString());
            await Task.Delay(25);
        }
    }

    private async Task<(int, int, string)> Refuse(string target)
    {
        var answer = await RawHttp.Once(_market.Host.Address, "GET", "/binance" + target);
        return (answer.Status, answer.Code, answer.Message);
    }
}
