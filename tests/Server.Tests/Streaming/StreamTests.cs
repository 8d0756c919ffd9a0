using System.Net.WebSockets;
using System.Text.Json;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Streaming;
using Lastro.Server.Tests.Markets;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Streaming;

/// <summary>The socket itself, with channels made for the test: open:NAME is public, mine is private.</summary>
public sealed class StreamTests
{
    private static readonly UserId Alice = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;
    private volatile bool _revoked;

    [Fact]
    public async Task Each_channel_is_acknowledged_or_refused_by_name()
    {
        await using var rig = await Start();
        using var client = await rig.Connect();
        await client.Subscribe("open:a", "nonsense", "open:forbidden", "mine", "open:a");

        Show(await client.Next()).ShouldBe("subscribed open:a");
        Show(await client.Next()).ShouldBe("snapshot 1 open:a");
        Show(await client.Next()).ShouldBe("error nonsense unknown_channel");
        Show(await client.Next()).ShouldBe("error open:forbidden unknown_symbol");
        Show(await client.Next()).ShouldBe("error mine unauthenticated");
        Show(await client.Next()).ShouldBe("subscribed open:a");
        await client.Send("""{"op":"ping"}""");
        Show(await client.Next()).ShouldBe("pong", "a second subscription to the same channel changes nothing");
        await client.Send("{nonsense");
        Show(await client.Next()).ShouldBe("error invalid_json");
        await client.Send("""{"op":"dance"}""");
        Show(await client.Next()).ShouldBe("error invalid_field");
    }

    [Fact]
    public async Task Numbers_run_without_holes_whatever_is_replaced_and_start_anew_with_each_subscription()
    {
        await using var rig = await Start();
        using var client = await rig.Connect();
        await client.Subscribe("open:a");
        await client.UntilType("snapshot");
        var topic = rig.Services.GetRequiredService<StreamHub>().Topic("open:a");
        for (var i = 1; i <= 20_000; i++) topic.Publish(StreamFrame.Of(i, 1_000, Json, key: 7));

        var (seq, value, messages) = (1L, 0, 0);
        while (value < 20_000)
        {
            var update = await client.UntilType("update");
            update.GetProperty("seq").GetInt64().ShouldBe(++seq);
            update.GetProperty("data").GetInt32().ShouldBeGreaterThan(value);
            (value, messages) = (update.GetProperty("data").GetInt32(), messages + 1);
        }

        messages.ShouldBeLessThan(20_000, "waiting frames of the same key are replaced");
        await client.Send("""{"op":"unsubscribe","channels":["open:a"]}""");
        await client.UntilOp("unsubscribed");
        topic.Watched.ShouldBeFalse();
        await client.Subscribe("open:a");
        (await client.UntilType("snapshot")).GetProperty("seq").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Frames_without_a_key_all_arrive_in_order_also_those_published_while_the_snapshot_was_made()
    {
        await using var rig = await Start();
        using var client = await rig.Connect();
        await client.Subscribe("open:slow");
        var topic = rig.Services.GetRequiredService<StreamHub>().Topic("open:slow");
        for (var wait = 0; wait < 200 && !topic.Watched; wait++) await Task.Delay(5);
        for (var i = 1; i <= 100; i++) topic.Publish(StreamFrame.Of(i, 1_000, Json));

        Show(await client.Next()).ShouldBe("subscribed open:slow");
        Show(await client.Next()).ShouldBe("snapshot 1 open:slow");
        for (var i = 1; i <= 100; i++)
        {
            var update = (await client.Next())!.Value;
            (update.GetProperty("seq").GetInt64(), update.GetProperty("data").GetInt32(), update.GetProperty("asOf").GetString())
                .ShouldBe((i + 1, i, "1970-01-01T00:00:01.000Z"));
        }
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_closed_with_4408_while_the_others_get_everything()
    {
        await using var rig = await Start(("Streaming:WaitingPerChannel", "50"));
        using var slow = await rig.Connect();
        using var quick = await rig.Connect();
        foreach (var client in new[] { slow, quick })
        {
            await client.Subscribe("open:a");
            await client.UntilType("snapshot");
        }

        var topic = rig.Services.GetRequiredService<StreamHub>().Topic("open:a");
        var frame = StreamFrame.Of(new string('x', 200_000), 1_000, Json);
        for (var i = 0; i < 200; i++)
        {
            topic.Publish(frame);
            (await quick.UntilType("update")).GetProperty("seq").GetInt64().ShouldBe(i + 2);
        }

        (await slow.UntilClosed()).ShouldBe(4408);
    }

    [Fact]
    public async Task A_heartbeat_comes_on_time()
    {
        await using var rig = await Start(("Streaming:HeartbeatSeconds", "1"));
        using var client = await rig.Connect();
        var first = (await client.UntilOp("heartbeat")).GetProperty("time").GetDateTimeOffset();
        var second = (await client.UntilOp("heartbeat")).GetProperty("time").GetDateTimeOffset();
        (second - first).TotalSeconds.ShouldBeInRange(0.5, 3);
        new StreamOptions().HeartbeatSeconds.ShouldBe(15);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_turned_away_and_our_own_is_not()
    {
        await using var rig = await Start();
        var refusal = await Should.ThrowAsync<WebSocketException>(() => rig.Connect(("Origin", "https://evil.example")));
        refusal.Message.ShouldContain("403");
        using var own = await rig.Connect(("Origin", rig.Address.GetLeftPart(UriPartial.Authority)));
        await own.Subscribe("open:a");
        await own.UntilOp("subscribed");
    }

    [Fact]
    public async Task A_private_channel_opens_after_auth_is_the_users_own_and_ends_with_the_session()
    {
        await using var rig = await Start();
        using var client = await rig.Connect();
        await client.Send("""{"op":"auth","token":"wrong"}""");
        Show(await client.Next()).ShouldBe("error unauthenticated");
        await client.Send("""{"op":"auth","token":"alice"}""");
        Show(await client.Next()).ShouldBe("authenticated");
        await client.Subscribe("mine");
        (await client.UntilType("snapshot")).GetProperty("data").GetString().ShouldBe(Alice.ToString());
        await client.Send("""{"op":"auth","token":"bob"}""");
        Show(await client.Next()).ShouldBe("error forbidden", "a socket does not change its owner");

        var hub = rig.Services.GetRequiredService<StreamHub>();
        hub.Topic("mine", new UserId(Guid.NewGuid())).Publish(StreamFrame.Of("not hers", 1, Json));
        hub.Topic("mine", Alice).Publish(StreamFrame.Of("hers", 1, Json));
        (await client.UntilType("update")).GetProperty("data").GetString().ShouldBe("hers");

        var revokedAt = TimeProvider.System.GetTimestamp();
        _revoked = true;
        (await client.UntilClosed()).ShouldBe(4401);
        TimeProvider.System.GetElapsedTime(revokedAt).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_cookie_on_the_upgrade_signs_the_socket_in()
    {
        await using var rig = await Start();
        using var client = await rig.Connect(("Cookie", "who=alice"), ("Origin", rig.Address.GetLeftPart(UriPartial.Authority)));
        await client.Subscribe("mine");
        Show(await client.Next()).ShouldBe("subscribed mine");
    }

    [Fact]
    public async Task Limits_hold_for_channels_messages_and_their_size()
    {
        await using var rig = await Start(("Streaming:ChannelsPerSocket", "2"), ("Streaming:MaxMessageBytes", "512"), ("Streaming:MessagesPerSecond", "20"));
        using var greedy = await rig.Connect();
        await greedy.Subscribe("open:a", "open:b", "open:c");
        Show(await greedy.UntilOp("error")).ShouldBe("error open:c too_many_channels");

        using var wordy = await rig.Connect();
        await wordy.Send(new string(' ', 600));
        (await wordy.UntilClosed()).ShouldBe((int)WebSocketCloseStatus.MessageTooBig);

        using var hasty = await rig.Connect();
        for (var i = 0; i < 60; i++) await hasty.Send("""{"op":"ping"}""");
        (await hasty.UntilClosed()).ShouldBe((int)WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_snapshot_that_fails_is_told_and_costs_the_socket_nothing()
    {
        await using var rig = await Start();
        using var client = await rig.Connect();
        await client.Subscribe("open:broken", "open:a");
        Show(await client.Next()).ShouldBe("error open:broken busy");
        Show(await client.Next()).ShouldBe("subscribed open:a");
    }

    [Fact]
    public async Task A_plain_request_to_the_stream_is_told_what_it_is()
    {
        await using var rig = await Start();
        var (status, body) = await rig.Get("/stream");
        (status, body.GetProperty("code").GetString()).ShouldBe((422, "invalid_field"));
    }

    private static string Show(JsonElement? message)
    {
        if (message is not { } m) return "closed";
        string[] parts = ["op", "type", "seq", "channel", "code"];
        return string.Join(' ', parts.Where(p => m.TryGetProperty(p, out var v) && v.ValueKind != JsonValueKind.Null).Select(p => m.GetProperty(p).ToString()));
    }

    private async Task<MarketRig> Start(params (string Key, string Value)[] settings)
    {
        var rig = await MarketRig.Start(new RigOptions
        {
            Source = new ScriptedSource(replay: false, "BTCUSDT").Open(),
            Settings = settings.ToDictionary(s => s.Key, s => (string?)s.Value),
            Auth = new StreamAuth
            {
                OfRequest = context => ValueTask.FromResult(Who(context.Request.Cookies["who"])),
                OfToken = (token, _) => ValueTask.FromResult(Who(token)),
                StillValid = (_, _) => ValueTask.FromResult(!_revoked),
            },
        });
        var hub = rig.Services.GetRequiredService<StreamHub>();
        hub.Register(new ChannelKind { Name = "open", Check = Check, Snapshot = Snapshot });
        hub.Register(new ChannelKind { Name = "mine", Private = true, Check = _ => null, Snapshot = (ask, _) => ValueTask.FromResult(StreamFrame.Of(ask.User.ToString(), 1, Json)) });
        return rig;
    }

    private static StreamIdentity? Who(string? name) => name switch
    {
        "alice" => new StreamIdentity(Alice, Guid.Empty),
        "bob" => new StreamIdentity(new UserId(Guid.NewGuid()), Guid.Empty),
        _ => null,
    };

    private static ChannelRefusal? Check(ChannelAsk ask) =>
        ask.Arguments is ["forbidden"] ? new ChannelRefusal(ErrorCode.UnknownSymbol, "no") : null;

    private static async ValueTask<StreamFrame> Snapshot(ChannelAsk ask, CancellationToken cancellation)
    {
        if (ask.Arguments is ["broken"]) throw new InvalidOperationException("broken");
        if (ask.Arguments is ["slow"]) await Task.Delay(300, cancellation);
        return StreamFrame.Of("first", 1_000, Json);
    }
}
