using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Markets;

/// <summary>How far strangers can grow the archive.</summary>
public sealed class CandleAllowanceTests
{
    [Fact]
    public void Each_asker_has_an_hour_s_share_and_all_strangers_one_together()
    {
        var clock = new ShiftedClock();
        var allowance = new CandleAllowance(new MarketsOptions { DataFolder = "", CandlesPerHourPerAsker = 100, AnonymousCandlesPerHour = 250 }, clock);
        allowance.Take("1.1.1.1", 60).ShouldBeTrue();
        allowance.Take("1.1.1.1", 41).ShouldBeFalse();
        allowance.Take("1.1.1.1", 40).ShouldBeTrue();
        allowance.Take("2.2.2.2", 100).ShouldBeTrue();
        allowance.Take("3.3.3.3", 51).ShouldBeFalse("all strangers together have 250");
        allowance.Take("3.3.3.3", 50).ShouldBeTrue();
        allowance.Take($"{CandleAllowance.User}a", 100).ShouldBeTrue("who is signed in is no stranger");
        allowance.Take($"{CandleAllowance.User}a", 1).ShouldBeFalse();
        clock.Forward(TimeSpan.FromHours(1));
        allowance.Take("1.1.1.1", 100).ShouldBeTrue();
        var off = new CandleAllowance(new MarketsOptions { DataFolder = "", CandlesPerHourPerAsker = 0, AnonymousCandlesPerHour = 0 }, clock);
        off.Take("1.1.1.1", int.MaxValue).ShouldBeTrue();
    }

    [Fact]
    public async Task Beyond_it_the_past_is_what_is_stored_and_nothing_more_is_fetched()
    {
        var source = new ScriptedSource(replay: false, "BTCUSDT");
        const long start = 1_704_067_200_000;
        source.History[(new Symbol("BTCUSDT"), Timeframe.Parse("1h"))] = [.. Enumerable.Range(0, 5_000).Select(n => ScriptedSource.Flat(start + (n * 3_600_000L), n + 1))];
        await using var rig = await MarketRig.Start(new RigOptions { Source = source.Open(), Settings = new() { ["Markets:CandlesPerHourPerAsker"] = "1500" } });
        await source.Sink;
        Task<(int Status, System.Text.Json.JsonElement Body)> Ask(int before) => rig.Get($"/markets/BTCUSDT/candles?interval=1h&limit=1000&before={start + (before * 3_600_000L)}");
        (await Ask(1_000)).Body.GetProperty("items").GetArrayLength().ShouldBe(1_000);
        var asked = source.Asked.Count;
        var (status, body) = await Ask(2_000);
        (status, body.GetProperty("items").GetArrayLength()).ShouldBe((200, 0), "its share is used up");
        source.Asked.Count(one => one.ToMs == start + (2_000 * 3_600_000L)).ShouldBe(0);
        (await Ask(1_000)).Body.GetProperty("items").GetArrayLength().ShouldBe(1_000, "what is stored costs nothing");
        (await Ask(1_400)).Body.GetProperty("items").GetArrayLength().ShouldBe(1_000, "what is left is enough for this");
        asked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Binances_wire_has_the_same_bound()
    {
        await using var host = await TestHost.Start("--Markets:CandlesPerHourPerAsker", "1500");
        Task<string> Klines(string day, string more = "") => host.Client.GetStringAsync($"/binance/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1000&startTime={DateTimeOffset.Parse($"{day}T00:00:00Z").ToUnixTimeMilliseconds()}{more}");
        var first = System.Text.Json.JsonElement.Parse(await Klines("2023-03-01"));
        first.GetArrayLength().ShouldBe(1_000);
        System.Text.Json.JsonElement.Parse(await Klines("2023-04-01")).GetArrayLength().ShouldBe(0);
        System.Text.Json.JsonElement.Parse(await Klines("2023-05-01", "&timeZone=-3:30")).GetArrayLength().ShouldBe(0);
        (await Klines("2023-03-01")).ShouldBe(first.ToString(), "what is stored is given as often as wanted");
        System.Text.Json.JsonElement.Parse(await host.Client.GetStringAsync("/binance/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=60")).GetArrayLength().ShouldBe(60, "the newest are there in any case");
    }
}
