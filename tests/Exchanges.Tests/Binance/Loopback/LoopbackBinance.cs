using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lastro.Exchanges.Tests.Binance.Loopback;

/// <summary>
/// A server on loopback that plays the recording, faster than it happened, over Binance's REST and WebSocket wire, does wrong
/// what <see cref="Faults"/> says, and notes in <see cref="Limits"/> whatever the client does beyond the documented limits.
/// </summary>
internal sealed class LoopbackBinance : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _life = new();
    private readonly List<LoopbackSocket> _sockets = [];
    private readonly Lock _gate = new();
    private readonly Playback _playback = new();
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly double _speed;
    private Task _playing = Task.CompletedTask;

    private LoopbackBinance(WebApplication app, double speed) => (_app, _speed) = (app, speed);

    public Faults Faults { get; } = new();

    public LimitBook Limits { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public Uri WebSocketAddress => new($"ws://{Address.Authority}");

    /// <summary>Share of the recording played, 0 to 1.</summary>
    public double Played
    {
        get
        {
            lock (_gate)
                return (double)_playback.Progress.Done / _playback.Progress.All;
        }
    }

    /// <summary>Last update, best bid and best ask of the exchange's own book.</summary>
    public (long UpdateId, decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity) Best
    {
        get
        {
            lock (_gate)
            {
                var (id, bid, bidQuantity, ask, askQuantity) = _playback.Best;
                return (id, bid, decimal.Parse(bidQuantity, CultureInfo.InvariantCulture), ask, decimal.Parse(askQuantity, CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Starts it; the recording begins to play when a client subscribes to trades.</summary>
    public static async Task<LoopbackBinance> Start(double speed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new LoopbackBinance(app, speed);
        app.UseWebSockets();
        app.Run(server.Handle);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        server._playing = server.Play();
        return server;
    }

    /// <summary>Waits until this share of the recording was played.</summary>
    public async Task Until(double share)
    {
        var start = Stopwatch.GetTimestamp();
        while (Played < share)
        {
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(40), $"played {Played:P0}, waited for {share:P0}");
            await Task.Delay(5);
        }
    }

    public void ForEachSocket(Action<LoopbackSocket> act)
    {
        lock (_gate)
            _sockets.ForEach(act);
    }

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        ForEachSocket(socket => socket.Cut());
        await Task.WhenAny([_playing, Task.Delay(TimeSpan.FromSeconds(5))]);
        await _app.DisposeAsync();
        _life.Dispose();
    }

    private async Task Play()
    {
        await _wanted.Task.WaitAsync(_life.Token);
        var start = Stopwatch.GetTimestamp();
        for (var idleTurns = 0; ; idleTurns++)
        {
            await Task.Delay(3, _life.Token);
            var due = Stopwatch.GetElapsedTime(start).TotalMilliseconds * _speed;
            lock (_gate)
            {
                while (_playback.NextAtMs <= due)
                {
                    foreach (var message in _playback.Step())
                        _sockets.ForEach(socket => socket.Send(message));
                    idleTurns = 0;
                }

                if (idleTurns % 15 != 14)
                    continue;
                foreach (var message in _playback.Idle())
                    _sockets.ForEach(socket => socket.Send(message));
            }
        }
    }

    private async Task Handle(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            await HandleSocket(http);
            return;
        }

        var (weight, body) = Answer(http.Request);
        var (used, banned) = Limits.Spend(weight, http.Request.Path);
        http.Response.Headers["X-MBX-USED-WEIGHT-1M"] = used.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.Date = DateTimeOffset.FromUnixTimeMilliseconds(_playback.NowMs).ToString("R");
        var refusal = banned || Faults.Take("418") ? 418 : Faults.Take("429") ? 429 : Faults.Take("500") ? 500 : 200;
        if (refusal is 418 or 429)
        {
            if (!banned)
                Limits.Ban(TimeSpan.FromSeconds(1));
            http.Response.Headers.RetryAfter = "1";
            body = "{\"code\":-1003,\"msg\":\"Too much request weight used; please use WebSocket Streams.\"}";
        }

        http.Response.StatusCode = body is null ? 400 : refusal;
        if (body is null)
            Limits.Breach($"{http.Request.Path}{http.Request.QueryString} does not exist");
        await http.Response.WriteAsync(body ?? "{\"code\":-1100,\"msg\":\"Illegal characters found in a parameter.\"}");
    }

    private async Task HandleSocket(HttpContext http)
    {
        Limits.Connect();
        if (Faults.Take("unavailable"))
        {
            http.Response.StatusCode = 503;
            return;
        }

        // Pings every 200 ms; a client that leaves one unanswered for 5 s is dropped.
        using var accepted = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = TimeSpan.FromMilliseconds(200),
            KeepAliveTimeout = TimeSpan.FromSeconds(5),
        });
        var socket = new LoopbackSocket(http, accepted, Faults, Limits, http.Request.Path.StartsWithSegments("/stream"))
        {
            TradesSubscribed = () => _wanted.TrySetResult(),
        };
        lock (_gate)
            _sockets.Add(socket);
        try
        {
            await socket.Serve(_life.Token);
        }
        finally
        {
            lock (_gate)
                _sockets.Remove(socket);
        }
    }

    private (int Weight, string? Body) Answer(HttpRequest request)
    {
        var query = request.Query;
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var asked) ? asked : 500;
        lock (_gate)
        {
            return request.Path.Value switch
            {
                "/api/v3/ping" => (1, "{}"),
                "/api/v3/time" => (1, $"{{\"serverTime\":{_playback.NowMs}}}"),
                "/api/v3/exchangeInfo" => (20, RestSamples.ExchangeInfo),
                "/api/v3/ticker/24hr" => (80, RestSamples.Tickers),
                "/api/v3/klines" when limit <= 1000 => (2, RestSamples.Klines(query["symbol"], query["interval"], query["startTime"], query["endTime"], limit)),
                "/api/v3/depth" when query["symbol"] == "BTCUSDT" && limit <= 5000 => (limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1000 ? 50 : 250, _playback.Snapshot(limit)),
                "/api/v3/historicalTrades" when query["symbol"] == "BTCUSDT" && limit <= 1000 =>
                    (25, _playback.Trades(long.Parse(query["fromId"].ToString(), CultureInfo.InvariantCulture), limit)),
                _ => (1, null),
            };
        }
    }
}
