using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lastro.Bounds;

/// <summary>Kestrel with sockets that hear one ready frame, and nothing else: no streams, no outbox, no limits.</summary>
public sealed class BareSockets : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<WebSocket, byte> _open = new();

    private BareSockets()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Map("/ws", Hold);
    }

    public Uri Address => new(_app.Urls.First());

    public int Count => _open.Count;

    public static async Task<BareSockets> Start()
    {
        var sockets = new BareSockets();
        await sockets._app.StartAsync();
        return sockets;
    }

    public async Task Send(ReadOnlyMemory<byte> frame, int times)
    {
        var all = _open.Keys.ToArray();
        for (var i = 0; i < times; i++)
        {
            foreach (var socket in all)
            {
                var sent = socket.SendAsync(frame, WebSocketMessageType.Text, true, CancellationToken.None);
                if (!sent.IsCompletedSuccessfully) await sent;
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Hold(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        _open[socket] = 0;
        var buffer = new byte[64];
        try
        {
            while ((await socket.ReceiveAsync(buffer, context.RequestAborted)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            _open.TryRemove(socket, out _);
        }
    }
}
