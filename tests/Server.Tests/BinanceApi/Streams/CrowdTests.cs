using System.Net.Sockets;
using System.Text;
using Lastro.Server.BinanceApi.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Streams;

/// <summary>Many clients, slow clients, silent clients.</summary>
public sealed class CrowdTests
{
    private const int Crowd = 300;

    [Fact]
    public async Task Everybody_gets_every_frame_in_order()
    {
        await using var scene = await StreamScene.Set();
        var clients = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(i => scene.Connect(i % 2 == 0 ? "/ws/btcusdt@trade" : "/stream?streams=btcusdt@trade")));
        var sockets = scene.Rig.Services.GetRequiredService<WireSockets>();
        for (var wait = 0; (sockets.Count < Crowd || !await Joined(clients[^1])) && wait < 200; wait++) await Task.Delay(25);
        foreach (var client in clients) await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        for (var id = 1; id <= 50; id++) await scene.Trade(id, 100m, id);
        await Task.WhenAll(clients.Select(async (client, place) =>
        {
            for (var id = 1; id <= 50; id++)
            {
                var message = (await client.Next())!.Value;
                (place % 2 == 0 ? message : message.GetProperty("data")).GetProperty("t").GetInt64().ShouldBe(id);
            }
        }));
        foreach (var client in clients) client.Dispose();
        for (var wait = 0; sockets.Count > 0 && wait < 400; wait++) await Task.Delay(25);
        (sockets.Count, scene.Catalog.Find("btcusdt@trade")!.Watched).ShouldBe((0, false), "nobody is left behind");

        static async Task<bool> Joined(WireClient client) => (await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""")).GetProperty("result").GetArrayLength() == 1;
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped_while_the_others_get_everything()
    {
        const int Trades = 60_000;
        await using var scene = await StreamScene.Set(("WaitingFrames", "1000"), ("MaxLagSeconds", "2"));
        using var slow = await Raw(scene, "/binance/ws/btcusdt@trade", receiveBuffer: 4_096);
        using var quick = await scene.Connect("/ws/btcusdt@trade");
        await quick.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        var sockets = scene.Rig.Services.GetRequiredService<WireSockets>();
        sockets.Count.ShouldBe(2);
        for (var id = 1; id <= Trades; id++)
        {
            await scene.Trade(id, 100m, id / 100);
            if (id % 500 != 0) continue;
            // As many as may wait are on their way at most: the quick one reads them before the next come.
            for (var read = id - 499; read <= id; read++) (await quick.Next())!.Value.GetProperty("t").GetInt64().ShouldBe(read);
        }

        for (var wait = 0; sockets.Count > 1 && wait < 600; wait++) await Task.Delay(25);
        sockets.Count.ShouldBe(1, "the slow one is gone");
    }

    [Fact]
    public async Task A_silent_client_is_pinged_and_dropped_one_that_answers_is_not()
    {
        await using var scene = await StreamScene.Set(("PingSeconds", "1"), ("PongSeconds", "1"));
        using var silent = await Raw(scene, "/binance/ws");
        using var alive = await scene.Connect("/ws");
        var reading = alive.Next(TimeSpan.FromSeconds(30));
        var header = new byte[2];
        await silent.GetStream().ReadExactlyAsync(header).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        header[0].ShouldBe((byte)0x89, "a ping");
        var sockets = scene.Rig.Services.GetRequiredService<WireSockets>();
        for (var wait = 0; sockets.Count > 1 && wait < 400; wait++) await Task.Delay(25);
        sockets.Count.ShouldBe(1);
        await Task.Delay(2_500);
        reading.IsCompleted.ShouldBeFalse("the other answers its pings while it reads");
        await alive.Send("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        (await reading)!.Value.GetProperty("id").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_clients_ping_is_answered_at_once_with_its_own_words()
    {
        await using var scene = await StreamScene.Set();
        using var client = await Raw(scene, "/binance/stream?streams=btcusdt@trade");
        var stream = client.GetStream();
        for (var i = 0; i < 20; i++)
        {
            // Masked with zeros, as a client's frames must be masked.
            await stream.WriteAsync(new byte[] { 0x89, 0x82, 0, 0, 0, 0, (byte)'h', (byte)('a' + i) });
            var pong = new byte[4];
            await stream.ReadExactlyAsync(pong).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
            pong.ShouldBe([0x8A, 0x02, (byte)'h', (byte)('a' + i)]);
        }
    }

    /// <summary>A socket by hand: a client's library would answer pings by itself.</summary>
    private static async Task<TcpClient> Raw(StreamScene scene, string path, int receiveBuffer = 0)
    {
        var client = new TcpClient();
        if (receiveBuffer > 0) client.ReceiveBufferSize = receiveBuffer;
        await client.ConnectAsync(scene.Rig.Address.Host, scene.Rig.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        head.ToString().ShouldStartWith("HTTP/1.1 101");
        return client;
    }
}
