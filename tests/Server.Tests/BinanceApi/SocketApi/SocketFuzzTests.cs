using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.Tests.BinanceApi.Streams;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.BinanceApi.SocketApi;

/// <summary>
/// Nonsense on both kinds of sockets, whole messages and bare bytes: no 5xx, nothing logged as an error, no socket left behind. As many as
/// LASTRO_FUZZ_FRAMES says, with the seed of LASTRO_FUZZ_SEED.
/// </summary>
public sealed class SocketFuzzTests(ITestOutputHelper output)
{
    private const int Usual = 4_000;
    private const int FramesOfASocket = 250;

    private static readonly string[] _seeds =
    [
        """{"id":1,"method":"order.place","params":{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","timeInForce":"GTC","price":"1.0","quantity":0.001,"timestamp":1,"apiKey":"a","signature":"b"}}""",
        """{"id":"x","method":"session.logon","params":{"apiKey":"vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A","signature":"1cf5","timestamp":1649729878532}}""",
        """{"id":null,"method":"klines","params":{"symbol":"BTCUSDT","interval":"1h","limit":5,"startTime":-1}}""",
        """{"id":2,"method":"ticker","params":{"symbols":["BTCUSDT","ETHUSDT"],"windowSize":"7d","type":"MINI"}}""",
        """{"id":3,"method":"userDataStream.subscribe.signature","params":{"apiKey":"a","timestamp":1,"signature":""}}""",
        """{"id":4,"method":"userDataStream.unsubscribe","params":{"subscriptionId":0}}""",
        """{"id":5,"method":"depth","params":{"symbol":"BTCUSDT","limit":5000,"returnRateLimits":false}}""",
        """{"method":"SUBSCRIBE","params":["btcusdt@trade","btcusdt@depth5@100ms","!miniTicker@arr"],"id":1}""",
        """{"method":"UNSUBSCRIBE","params":["btcusdt@trade"],"id":"a"}""",
        """{"method":"SET_PROPERTY","params":["combined",true],"id":5}""",
        """{"method":"LIST_SUBSCRIPTIONS","id":null}""",
    ];

    private int _sent;

    [Fact]
    public async Task Nonsense_harms_nobody()
    {
        var frames = int.Parse(Environment.GetEnvironmentVariable("LASTRO_FUZZ_FRAMES") ?? $"{Usual}", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("LASTRO_FUZZ_SEED") ?? $"{Environment.TickCount & 0xFFFF}", CultureInfo.InvariantCulture);
        output.WriteLine($"{frames} frames, seed {seed}");
        var errors = new Errors();
        await using var host = await TestHost.Start(
            services => services.AddSingleton<ILoggerProvider>(errors), null, "--BinanceApi:WeightPerMinute", "0", "--BinanceApi:Sockets:MessagesPerSecond", "0");
        var sockets = host.Services.GetRequiredService<WireSockets>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            var chance = new Random(unchecked(seed + (worker * 7_919)));
            while (Volatile.Read(ref _sent) < frames)
            {
                var path = chance.Next(3) switch { 0 => "/binance/ws", 1 => "/binance/stream", _ => "/binance/ws-api/v3" };
                if (chance.Next(8) == 0) await Bytes(host.Address, path, chance);
                else await Messages(host.Address, path, chance, seed);
            }
        }));

        output.WriteLine($"{_sent} sent");
        for (var wait = 0; sockets.Count > 0 && wait < 1_200; wait++) await Task.Delay(25);
        sockets.Count.ShouldBe(0, $"seed {seed}: sockets are left behind");
        errors.Seen.ShouldBeEmpty($"seed {seed}");
        using var last = await WireClient.Connect(host.Address, "/binance/ws-api/v3");
        (await last.Ask("""{"id":1,"method":"ping"}""")).GetProperty("status").GetInt32().ShouldBe(200);
        (await host.Client.GetAsync("/health/live")).EnsureSuccessStatusCode();
    }

    /// <summary>Whole frames with changed contents; every answer that says a status says none of 5xx.</summary>
    private async Task Messages(Uri address, string path, Random chance, int seed)
    {
        using var client = await WireClient.Connect(address, path);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var reading = Read(client.Socket, seed, limit.Token);
        try
        {
            for (var i = 0; i < FramesOfASocket && client.Socket.State == WebSocketState.Open; i++)
            {
                var type = chance.Next(20) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
                await client.Socket.SendAsync(Mutant(chance), type, chance.Next(30) != 0, limit.Token);
                Interlocked.Increment(ref _sent);
            }

            await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
        }
        catch (Exception) when (!limit.IsCancellationRequested)
        {
            // Whatever the client's library says: the server may end the socket, as for text that is no UTF-8.
            client.Socket.Abort();
        }

        await reading;
    }

    private static async Task Read(ClientWebSocket socket, int seed, CancellationToken limit)
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), limit);
                if (part.MessageType == WebSocketMessageType.Close) return;
                length += part.Count;
                if (!part.EndOfMessage) continue;
                var message = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
                length = 0;
                if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("status", out var status))
                    status.GetInt32().ShouldBeLessThan(500, $"seed {seed}: {message}");
            }
        }
        catch (Exception error) when (error is WebSocketException or InvalidOperationException or OperationCanceledException && !limit.IsCancellationRequested)
        {
            // Ended by the server, or given up by the sender; who waits in vain until the limit fails.
            socket.Abort();
        }
    }

    /// <summary>Bytes that are hardly frames, and a client that goes without a word.</summary>
    private async Task Bytes(Uri address, string path, Random chance)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var head = new byte[12];
        await stream.ReadExactlyAsync(head);
        try
        {
            for (var i = 0; i < chance.Next(1, 8); i++)
            {
                var bytes = new byte[chance.Next(1, 200)];
                chance.NextBytes(bytes);
                // Mostly something that begins like a frame.
                if (chance.Next(2) == 0) (bytes[0], bytes[^1]) = ((byte)(0x80 | chance.Next(16)), 0x80);
                await stream.WriteAsync(bytes);
                Interlocked.Increment(ref _sent);
            }
        }
        catch (IOException)
        {
            // The server has hung up.
            client.Close();
        }
    }

    private static byte[] Mutant(Random chance)
    {
        var bytes = Encoding.UTF8.GetBytes(_seeds[chance.Next(_seeds.Length)]).ToList();
        for (var change = chance.Next(6); change > 0 && bytes.Count > 0; change--)
        {
            var at = chance.Next(bytes.Count);
            switch (chance.Next(6))
            {
                case 0:
                    bytes[at] = (byte)chance.Next(32, 127);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(chance.Next(1, 12), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Word(chance)));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Next(1, 40), bytes.Count - at)));
                    break;
                case 4:
                    bytes.InsertRange(at, Encoding.ASCII.GetBytes(new string("[{\"9"[chance.Next(4)], chance.Next(1, 2_000))));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        if (chance.Next(2_000) == 0) bytes.Add(0xFF);
        return [.. bytes];
    }

    private static string Word(Random chance) => chance.Next(10) switch
    {
        0 => "null",
        1 => "1e999",
        2 => "-0.0",
        3 => "99999999999999999999999",
        4 => "\"\\ud800\"",
        5 => "\"１２３４５６\"",
        6 => "{}",
        7 => "[[]]",
        8 => ",\"id\":true",
        _ => "\\u0000",
    };

    /// <summary>What was logged as an error.</summary>
    private sealed class Errors : ILoggerProvider, ILogger
    {
        private readonly List<string> _seen = [];

        public string[] Seen
        {
            get
            {
                lock (_seen) return [.. _seen];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Error) return;
            lock (_seen) _seen.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
