using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lastro.Bench;

/// <summary>From a commit to the sockets that subscribe to the account's events over the WebSocket API, beside the orders of others.</summary>
internal static class UserEventsScenario
{
    private const int Listening = 20;
    private const int Commits = 3_000;
    private const double EveryMs = 5.0;
    private const int OthersPerSecond = 200;

    public static async Task Run(string shared)
    {
        await using var rig = await ServerRig.Start();
        var services = rig.Services;
        var (database, pump, place) = (services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<OutboxPump>(), services.GetRequiredService<PlaceOrder>());
        var others = await rig.Register();
        var listeners = new List<Listener>();
        for (var number = 0; number < Listening; number++) listeners.Add(await Listener.Subscribe(rig));

        // A real event to tell again and again, in transactions that move money as real ones do.
        foreach (var listener in listeners) listener.Event = await First(place, database, listener.Trader);
        await Task.Delay(1_000);
        foreach (var listener in listeners) listener.Begin();
        using var end = new CancellationTokenSource();
        var (busy, bare) = (Busy(place, others, end.Token), Bare(database, end.Token));
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < Commits; number++)
        {
            var wait = TimeSpan.FromMilliseconds(EveryMs * number) - clock.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
            await listeners[number % Listening].Commit(database, pump, number);
        }

        foreach (var listener in listeners) await listener.Done(Commits / Listening);
        foreach (var listener in listeners) listener.Dispose();
        await end.CancelAsync();
        var orders = await busy;
        var bound = (await bare).Order().ToArray();
        var times = listeners.SelectMany(listener => listener.Times).Order().ToArray();
        Console.WriteLine(
            $"user events, {Commits / clock.Elapsed.TotalSeconds:F0} commits/s heard beside {orders / clock.Elapsed.TotalSeconds:F0} orders/s of others, from commit to the bytes read from each socket: "
            + $"p50 {times[times.Length / 2]:F2} ms, p99 {times[times.Length * 99 / 100]:F2} ms, most {times[^1]:F2} ms | "
            + $"a bare SELECT beside it p50 {bound[bound.Length / 2]:F2} ms, p99 {bound[bound.Length * 99 / 100]:F2} ms | wanted p99 <= 10 ms");
    }

    private static async Task<int> Busy(PlaceOrder place, BenchTrader trader, CancellationToken end)
    {
        var (clock, sent) = (Stopwatch.StartNew(), 0);
        while (!end.IsCancellationRequested)
        {
            var wait = TimeSpan.FromMilliseconds(1_000.0 / OthersPerSecond * sent++) - clock.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, CancellationToken.None);
            await place.Handle(Order(trader), null, trader.User, CancellationToken.None);
        }

        return sent;
    }

    /// <summary>What one round trip to the database takes meanwhile.</summary>
    private static async Task<List<double>> Bare(NpgsqlDataSource database, CancellationToken end)
    {
        var times = new List<double>();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(EveryMs), CancellationToken.None);
            var begun = Stopwatch.GetTimestamp();
            await using var command = database.CreateCommand("SELECT 1");
            _ = await command.ExecuteScalarAsync(CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return times;
    }

    private static OrderRequest Order(BenchTrader trader) =>
        new() { AccountId = trader.Account.ToString(), Symbol = "BTCUSDT", Side = "buy", Type = "limit", Quantity = 0.006m, Price = 1_000m };

    private static async Task<string> First(PlaceOrder place, NpgsqlDataSource database, BenchTrader trader)
    {
        if ((await place.Handle(Order(trader), null, trader.User, CancellationToken.None)).Refused is { } refused) throw new InvalidOperationException($"refused: {refused}");
        await using var command = database.CreateCommand("SELECT payload::text FROM outbox WHERE account_id = $1 AND topic = 'orders' ORDER BY id LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = trader.Account });
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private sealed class Listener : IDisposable
    {
        private readonly List<long> _committed = [];
        private readonly List<long> _heard = [];
        private readonly ClientWebSocket _socket = new();

        private Listener(BenchTrader trader) => Trader = trader;

        public BenchTrader Trader { get; }

        public string Event { get; set; } = "";

        /// <summary>A pump that others have woken may be faster than the committing thread: then it took no time.</summary>
        public IEnumerable<double> Times => _committed.Zip(_heard, (committed, heard) => Math.Max(0, Stopwatch.GetElapsedTime(committed, heard).TotalMilliseconds));

        /// <summary>A socket as a bot opens it; its reader only looks at the clock.</summary>
        public static async Task<Listener> Subscribe(ServerRig rig)
        {
            var listener = new Listener(await rig.Register());
            var key = await ServerRig.NewKey(listener.Trader);
            await listener._socket.ConnectAsync(new Uri($"ws://{rig.Address.Authority}/binance/ws-api/v3"), CancellationToken.None);
            var payload = $"apiKey={key.Key}&timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
            var request = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["id"] = 1,
                ["method"] = "userDataStream.subscribe.signature",
                ["params"] = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["apiKey"] = key.Key,
                    ["timestamp"] = payload[(payload.LastIndexOf('=') + 1)..],
                    ["signature"] = key.Sign(payload),
                },
            });
            await listener._socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            var buffer = new byte[16_384];
            var answer = await listener._socket.ReceiveAsync(buffer, CancellationToken.None);
            if (!buffer.AsSpan(0, answer.Count).StartsWith("{\"id\":1,\"status\":200"u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, answer.Count));
            _ = Task.Run(() => listener.Read(buffer));
            return listener;
        }

        public void Begin() => _heard.Clear();

        public void Dispose() => _socket.Dispose();

        private async Task Read(byte[] buffer)
        {
            while (true)
            {
                var (length, got) = (0, default(ValueWebSocketReceiveResult));
                do
                {
                    got = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += got.Count;
                }
                while (!got.EndOfMessage);
                if (got.MessageType == WebSocketMessageType.Close) return;
                Heard(buffer.AsSpan(0, length));
            }
        }

        public async Task Commit(NpgsqlDataSource database, OutboxPump pump, int number)
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await WalletsRoom.Post(connection, [Journals.Grant(Trader.Account, new Money(0.01m, new Asset("USDT")), DateTimeOffset.UnixEpoch, number + 2)], CancellationToken.None);
            await OutboxLog.Append(
                connection, transaction,
                [new OutboxMessage("orders", Trader.User, Trader.Account, JsonSerializer.Deserialize<JsonElement>(Event))], CancellationToken.None);
            await transaction.CommitAsync();
            _committed.Add(Stopwatch.GetTimestamp());
            pump.Wake();
        }

        public async Task Done(int count)
        {
            for (var wait = 0; wait < 500 && _heard.Count < count; wait++) await Task.Delay(10);
            if (_heard.Count != count) throw new InvalidOperationException($"{_heard.Count} of {count} events were heard");
        }

        /// <summary>The balances come last of a commit's events.</summary>
        private void Heard(ReadOnlySpan<byte> text)
        {
            if (text.IndexOf("\"e\":\"outboundAccountPosition\""u8) >= 0) _heard.Add(Stopwatch.GetTimestamp());
        }
    }
}
