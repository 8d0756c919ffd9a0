using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Every open socket of the wire; looks at each once a second, and says good-bye to all when the server stops.</summary>
internal sealed class WireSockets(IOptions<SocketOptions> options, TimeProvider time, IHostApplicationLifetime life) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<WireSocket, byte> _open = new();

    public SocketOptions Options => options.Value;

    public int Count => _open.Count;

    /// <summary>Accepts a socket and runs it until its end; 503 when there are too many, 400 for a request that is none.</summary>
    public async Task<IResult> Accept(HttpContext context, Func<System.Net.WebSockets.WebSocket, WireSocket> open)
    {
        if (!context.WebSockets.IsWebSocketRequest) return Results.Text("This address speaks WebSocket only.", statusCode: StatusCodes.Status400BadRequest);
        if (Count >= Options.MaxSockets || life.ApplicationStopping.IsCancellationRequested) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);

        var how = new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(Options.PingSeconds), KeepAliveTimeout = TimeSpan.FromSeconds(Options.PongSeconds) };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(how);
        var wire = open(socket);
        _open[wire] = 0;
        try
        {
            await wire.Run(context.RequestAborted);
        }
        finally
        {
            _open.TryRemove(wire, out _);
        }

        return Results.Empty;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = life.ApplicationStopping.Register(StopAll);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var socket in _open.Keys) socket.Look();
        }
    }

    private void StopAll()
    {
        foreach (var socket in _open.Keys) socket.Stop();
    }
}
