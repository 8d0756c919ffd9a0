using System.Globalization;
using System.Net;
using Lastro.Server.BinanceApi;
using Lastro.Server.BinanceApi.Wire;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Tests.BinanceApi.Wire;

public sealed class WireLimitsTests
{
    private static readonly IPAddress _one = IPAddress.Parse("192.0.2.1");

    private readonly SetClock _clock = new();

    [Fact]
    public void Weight_counts_by_address_and_full_minute()
    {
        var limits = Limits(new BinanceApiOptions { WeightPerMinute = 10 });
        limits.Use(_one, 6).ShouldBeNull();
        limits.Use(_one, 4).ShouldBeNull();
        limits.Used(_one).ShouldBe(10);
        _clock.Forward(15_000);
        var refused = limits.Use(_one, 1)!;
        (refused.Code, refused.Status, refused.RetryAfterSeconds).ShouldBe((-1003, 429, 45));
        refused.Message.ShouldBe("Too much request weight used; current limit is 10 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.");
        limits.Use(IPAddress.Parse("192.0.2.2"), 10).ShouldBeNull("another address");
        _clock.Forward(45_000);
        limits.Used(_one).ShouldBe(0);
        limits.Use(_one, 10).ShouldBeNull();
    }

    [Fact]
    public void Who_goes_on_is_shut_out_and_longer_the_next_time()
    {
        var limits = Limits(new BinanceApiOptions { WeightPerMinute = 1 });
        foreach (var (minutes, round) in new[] { (2, 1), (4, 2), (8, 3) })
        {
            limits.Use(_one, 1).ShouldBeNull();
            WireError? last = null;
            for (var tries = 0; tries < 200 && last?.Status != 418; tries++) last = limits.Use(_one, 1);
            last!.Status.ShouldBe(418, $"round {round}");
            last.RetryAfterSeconds.ShouldBe(minutes * 60);
            var until = _clock.NowMs + (minutes * 60_000);
            last.Message.ShouldBe($"Way too much request weight used; IP banned until {until}. Please use WebSocket Streams for live updates to avoid bans.");
            _clock.Forward((minutes * 60_000) - 1);
            limits.Use(_one, 1)!.Status.ShouldBe(418);
            _clock.Forward(60_000);
        }
    }

    [Fact]
    public void An_ipv6_customer_is_its_network_and_ipv4_is_ipv4_however_it_is_written()
    {
        var limits = Limits(new BinanceApiOptions { WeightPerMinute = 10 });
        limits.Use(IPAddress.Parse("2001:db8:1:2::1"), 4);
        limits.Use(IPAddress.Parse("2001:db8:1:2:ffff::9"), 4);
        limits.Used(IPAddress.Parse("2001:db8:1:2::5")).ShouldBe(8);
        limits.Used(IPAddress.Parse("2001:db8:1:3::5")).ShouldBe(0);
        limits.Use(IPAddress.Parse("::ffff:192.0.2.1"), 3);
        limits.Used(_one).ShouldBe(3);
        limits.Used(IPAddress.Parse("::192.0.2.1")).ShouldBe(0);
    }

    [Fact]
    public void Orders_count_by_account_in_ten_seconds_and_a_day_and_those_not_placed_do_not()
    {
        var limits = Limits(new BinanceApiOptions { Orders10s = 3, OrdersPerDay = 5 });
        var (account, other) = (Guid.NewGuid(), Guid.NewGuid());
        limits.Place(account, 2).ShouldBeNull();
        var refused = limits.Place(account, 2)!;
        (refused.Code, refused.Status, refused.RetryAfterSeconds, refused.Message).ShouldBe((-1015, 429, 10, "Too many new orders; current limit is 3 orders per 10 SECOND."));
        limits.Placed(account).ShouldBe((2, 2));
        limits.GiveBack(account, 1);
        limits.Place(account, 2).ShouldBeNull();
        limits.Placed(account).ShouldBe((3, 3));
        limits.Place(other, 3).ShouldBeNull();
        _clock.Forward(10_000);
        limits.Placed(account).ShouldBe((0, 3));
        limits.Place(account, 2).ShouldBeNull();
        refused = limits.Place(account, 1)!;
        refused.Message.ShouldBe("Too many new orders; current limit is 5 orders per 1 DAY.");
        refused.RetryAfterSeconds.ShouldBe(86_400 - 10);
        limits.Placed(account).ShouldBe((2, 5), "nothing was counted");
        limits.GiveBack(account, 50);
        limits.Placed(account).ShouldBe((0, 0));
    }

    [Fact]
    public void Zero_switches_a_limit_off()
    {
        var limits = Limits(new BinanceApiOptions { WeightPerMinute = 0, Orders10s = 0, OrdersPerDay = 0 });
        for (var i = 0; i < 20_000; i++)
        {
            limits.Use(_one, 1_000).ShouldBeNull();
            limits.Place(Guid.Empty, 1).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Counts_stay_right_under_many_hands()
    {
        var limits = Limits(new BinanceApiOptions { WeightPerMinute = 1_000_000, Orders10s = 1_000 });
        var account = Guid.NewGuid();
        var placed = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                limits.Use(_one, 3);
                if (limits.Place(account, 1) is null) Interlocked.Increment(ref placed);
            }
        })));
        limits.Used(_one).ShouldBe(24_000);
        placed.ShouldBe(1_000);
    }

    [Fact]
    public async Task Headers_tell_weight_and_orders_and_a_full_minute_is_429()
    {
        await using var wire = await WireHost.Start("--BinanceApi:WeightPerMinute", "100", "--BinanceApi:Orders10s", "2");
        // From the start of a minute on, so that none begins in between.
        wire.Clock.Forward(TimeSpan.FromMilliseconds(60_000 - (wire.NowMs % 60_000)));
        (await wire.Send("GET", "/api/v3/ping")).Headers["x-mbx-used-weight-1m"].ShouldBe("1");
        (await wire.Send("GET", "/api/v3/exchangeInfo?symbol=BTCUSDT")).Headers["X-MBX-USED-WEIGHT"].ShouldBe("21");
        var first = await wire.Send("POST", "/probe/order" + wire.Signed(""));
        (first.Headers["X-MBX-ORDER-COUNT-10S"], first.Headers["x-mbx-order-count-1d"]).ShouldBe(("1", "1"));
        wire.Placing.Fails = _ => WireError.InsufficientBalance;
        var failed = await wire.Send("POST", "/probe/order" + wire.Signed(""));
        (failed.Code, failed.Headers["x-mbx-order-count-10s"]).ShouldBe((-2010, "1"), "an order that was refused does not count");
        wire.Placing.Fails = null;
        (await wire.Send("POST", "/probe/order" + wire.Signed(""))).Status.ShouldBe(200);
        var many = await wire.Send("POST", "/probe/order" + wire.Signed(""));
        (many.Status, many.Code).ShouldBe((429, -1015));
        int.Parse(many.Headers["Retry-After"], CultureInfo.InvariantCulture).ShouldBeInRange(1, 10);
        (await wire.Send("GET", "/api/v3/nothing")).Headers["x-mbx-used-weight-1m"].ShouldBe("26", "21 before, four orders, and this");
        RawAnswer answer;
        do answer = await wire.Send("GET", "/api/v3/exchangeInfo?symbol=BTCUSDT");
        while (answer.Status == 200);
        (answer.Status, answer.Code).ShouldBe((429, -1003));
        int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        int.Parse(answer.Headers["x-mbx-used-weight-1m"], CultureInfo.InvariantCulture).ShouldBeGreaterThan(100);
        (await wire.Host.Client.GetAsync("/api/v1/markets")).StatusCode.ShouldBe(HttpStatusCode.OK, "the web app has nothing to do with it");
    }

    private WireLimits Limits(BinanceApiOptions options) => new(Options.Create(options), _clock);

    private sealed class SetClock : TimeProvider
    {
        public long NowMs { get; private set; } = 1_800_000_000_000 / 86_400_000 * 86_400_000;

        public void Forward(long ms) => NowMs += ms;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
    }
}
