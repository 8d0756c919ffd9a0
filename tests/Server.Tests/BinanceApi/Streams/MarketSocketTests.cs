using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lastro.Server.Tests.BinanceApi.Streams;

public sealed class MarketSocketTests
{
    [Theory]
    [InlineData("/ws/btcusdt@trade", false)]
    [InlineData("/ws/btcusdt@trade/ethusdt@trade", false)]
    [InlineData("/stream?streams=btcusdt@trade", true)]
    [InlineData("/stream?streams=ethusdt@trade/btcusdt@trade", true)]
    [InlineData("/stream?streams=btcusdt%40trade", true)]
    public async Task The_address_names_the_streams(string path, bool wrapped)
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect(path);
        await scene.Heard("btcusdt@trade");
        await scene.Trade(7, 61_837.63m, 42);

        Check((await client.Next())!.Value, wrapped);
    }

    [Theory]
    [InlineData("/ws", false)]
    [InlineData("/ws/", false)]
    [InlineData("/ws/0", false)]
    [InlineData("/ws/17", false)]
    [InlineData("/stream", true)]
    [InlineData("/stream/3", true)]
    public async Task Without_streams_in_the_address_the_socket_waits_for_a_message(string path, bool wrapped)
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect(path);
        (await client.Ask("""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1}""")).GetRawText().ShouldBe("""{"result":null,"id":1}""");
        await scene.Trade(7, 61_837.63m, 42);

        Check((await client.Next())!.Value, wrapped);
    }

    [Fact]
    public async Task Subscriptions_are_listed_ended_and_change_their_form()
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws");
        await client.Ask("""{"method":"SUBSCRIBE","params":["btcusdt@trade","ethusdt@trade","nosuchpair@trade"],"id":1}""");
        (await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":2}""")).GetRawText().ShouldBe("""{"result":["btcusdt@trade","ethusdt@trade","nosuchpair@trade"],"id":2}""");
        (await client.Ask("""{"method":"GET_PROPERTY","params":["combined"],"id":3}""")).GetRawText().ShouldBe("""{"result":false,"id":3}""");
        (await client.Ask("""{"method":"SET_PROPERTY","params":["combined",true],"id":4}""")).GetRawText().ShouldBe("""{"result":null,"id":4}""");
        await scene.Trade(7, 61_837.63m, 42);
        Check((await client.Next())!.Value, wrapped: true);

        await client.Ask("""{"method":"UNSUBSCRIBE","params":["btcusdt@trade"],"id":5}""");
        await scene.Trade(8, 61_838m, 43);
        await scene.Trade(1, 2_500m, 44, "ETHUSDT");
        (await client.Next())!.Value.GetProperty("stream").GetString().ShouldBe("ethusdt@trade");
        scene.Catalog.Find("btcusdt@trade")!.Watched.ShouldBeFalse();
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-5", "-5")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("\"a1\"", "\"a1\"")]
    [InlineData("\"5494febb-d167-46a2-996d-70533eb4d976\"", "\"5494febb-d167-46a2-996d-70533eb4d976\"")]
    [InlineData("null", "null")]
    public async Task An_id_comes_back_as_it_was(string sent, string back)
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws");
        (await client.Ask($$"""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":{{sent}}}""")).GetRawText().ShouldBe($$"""{"result":null,"id":{{back}}}""");
    }

    [Theory]
    [InlineData("{nonsense", 3, "Invalid JSON: expected value at line 1 column 2")]
    [InlineData("", 3, "Invalid JSON: expected value at line 1 column 1")]
    [InlineData("""{"method":"DANCE","id":9}""", 2, "Invalid request: unknown variant `DANCE`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 28")]
    [InlineData("""{"id":9}""", 2, "Invalid request: missing field `method` at line 1 column 1")]
    [InlineData("""{"method":"SUBSCRIBE","params":["btcusdt"],"id":9}""", 2, "Invalid request: invalid stream")]
    [InlineData("""{"method":"SUBSCRIBE","params":[5],"id":9}""", 2, "Invalid request: invalid stream")]
    [InlineData("""{"method":"SUBSCRIBE","id":9}""", 2, "Invalid request: missing field `params`")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":{}}""", 2, "Invalid request: request ID must be an unsigned integer")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS","id":1.5}""", 2, "Invalid request: request ID must be an unsigned integer")]
    [InlineData("""{"method":"GET_PROPERTY","params":["color"],"id":9}""", 0, "Unknown property")]
    [InlineData("""{"method":"GET_PROPERTY","params":[],"id":9}""", 2, "Invalid request: property name must be a string")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined","yes"],"id":9}""", 1, "Invalid value type: expected Boolean")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined",true,1],"id":9}""", 2, "Invalid request: too many parameters")]
    public async Task What_is_wrong_is_said_in_Binances_words_and_the_socket_lives_on(string message, int code, string text)
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws");
        var error = (await client.Ask(message)).GetProperty("error");
        (error.GetProperty("code").GetInt32(), error.GetProperty("msg").GetString()).ShouldBe((code, text));
        (await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":2}""")).GetRawText().ShouldBe("""{"result":[],"id":2}""");
    }

    [Fact]
    public async Task No_socket_hears_more_than_1024_streams()
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws");
        var names = Enumerable.Range(0, 1_024).Select(i => $"pair{i}@trade").ToArray();
        (await client.Ask(JsonSerializer.Serialize(new { method = "SUBSCRIBE", @params = names, id = 1 }))).GetProperty("result").ValueKind.ShouldBe(JsonValueKind.Null);
        (await client.Ask("""{"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":2}""")).GetProperty("error").GetProperty("msg").GetString()!.ShouldContain("1024");
    }

    [Fact]
    public async Task More_than_five_messages_a_second_end_the_socket_a_burst_of_ten_does_not()
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws");
        for (var i = 0; i < 10; i++) await client.Ask($$"""{"method":"LIST_SUBSCRIPTIONS","id":{{i}}}""");
        for (var i = 0; i < 5; i++) await client.Send("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        (await client.UntilClosed()).ShouldBe((int)WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_pair_that_comes_later_is_joined_then()
    {
        await using var scene = await StreamScene.Set();
        using var client = await scene.Connect("/ws/solusdt@trade");
        await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        scene.Board.Open([Lanes.LaneRig.Pair("BTCUSDT"), Lanes.LaneRig.Pair("ETHUSDT"), Lanes.LaneRig.Pair("SOLUSDT")]);
        await scene.Heard("solusdt@trade");
        await scene.Trade(3, 150m, 10, "SOLUSDT");
        (await client.Event("trade")).GetProperty("s").GetString().ShouldBe("SOLUSDT");
    }

    [Fact]
    public async Task The_source_sends_a_pair_in_full_while_somebody_listens()
    {
        await using var scene = await StreamScene.Set();
        using (var client = await scene.Connect("/ws/ethusdt@bookTicker"))
        {
            for (var wait = 0; !scene.Source.Followed.GetValueOrDefault(new("ETHUSDT")) && wait < 200; wait++) await Task.Delay(25);
            scene.Source.Followed.GetValueOrDefault(new("ETHUSDT")).ShouldBeTrue();
            scene.Source.Followed.ContainsKey(new("BTCUSDT")).ShouldBeFalse();
        }

        for (var wait = 0; scene.Catalog.Wanted.Any() && wait < 200; wait++) await Task.Delay(25);
        scene.Catalog.Wanted.ShouldBeEmpty("the socket is gone");
    }

    [Fact]
    public async Task A_socket_ends_after_its_day()
    {
        await using var scene = await StreamScene.Set(("LifetimeSeconds", "1"));
        using var client = await scene.Connect("/ws/btcusdt@trade");
        (await client.UntilClosed()).ShouldBe((int)WebSocketCloseStatus.EndpointUnavailable);
    }

    [Fact]
    public async Task Stopping_is_announced()
    {
        await using var scene = await StreamScene.Set();
        using var raw = await scene.Connect("/ws/btcusdt@trade");
        using var wrapped = await scene.Connect("/stream?streams=btcusdt@trade");
        await scene.Heard("btcusdt@trade");
        await raw.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        await wrapped.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        scene.Rig.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await raw.Next())!.Value.GetProperty("e").GetString().ShouldBe("serverShutdown");
        var message = (await wrapped.Next())!.Value;
        message.GetProperty("stream").GetString().ShouldBe("!serverShutdown");
        message.GetProperty("data").GetProperty("E").GetInt64().ShouldBeGreaterThan(0);
        (await raw.UntilClosed()).ShouldBe((int)WebSocketCloseStatus.EndpointUnavailable);
        (await wrapped.UntilClosed()).ShouldBe((int)WebSocketCloseStatus.EndpointUnavailable);
    }

    [Fact]
    public async Task What_is_no_socket_and_what_can_be_no_stream_is_refused()
    {
        await using var scene = await StreamScene.Set();
        (await scene.Rig.Http.GetAsync(new Uri("/binance/ws/btcusdt@trade", UriKind.Relative))).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await Should.ThrowAsync<WebSocketException>(() => scene.Connect("/ws/nonsense"))).Message.ShouldContain("400");
        await Should.ThrowAsync<WebSocketException>(() => scene.Connect("/stream?streams=" + string.Join('/', Enumerable.Range(0, 1_025).Select(i => $"a{i}@t"))));
    }

    private static void Check(JsonElement message, bool wrapped)
    {
        const string trade = """{"e":"trade","E":1723161300042,"s":"BTCUSDT","t":7,"p":"61837.63000000","q":"0.02000000","T":1723161300042,"m":false,"M":true}""";
        message.GetRawText().ShouldBe(wrapped ? $$"""{"stream":"btcusdt@trade","data":{{trade}}}""" : trade);
    }
}
