using System.Net.WebSockets;
using Lastro.Server.Platform.Streaming;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>One socket of Binance's wire: reads its messages one after the other, sends what its outbox holds.</summary>
internal abstract class WireSocket(WebSocket socket, SocketOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(2);

    public WireOutbox Outbox { get; } = new(socket, options, time);

    /// <summary>When it was opened, Unix milliseconds.</summary>
    public long ConnectedMs { get; } = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Messages a second it may send; 0: any number.</summary>
    protected abstract int MessagesPerSecond { get; }

    /// <summary>Runs until either side ends it.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        try
        {
            var reader = new MessageReader(options.MaxMessageBytes, MessagesPerSecond, time);
            await Begin(cancellation);
            while (await reader.Next(socket, cancellation) is { } message)
                await Take(message, cancellation);
            var (code, why) = reader.Refusal ?? ((int)WebSocketCloseStatus.NormalClosure, "");
            Outbox.Close(code, why, afterwards: reader.Refusal is null);
            await Gone(cancellation);
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            log.LogDebug(error, "A socket ended");
        }
#pragma warning disable CA1031 // Whatever was thrown ends this socket, and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError(error, "A socket failed");
            Outbox.Close((int)WebSocketCloseStatus.InternalServerError, "internal error");
            await Gone(cancellation);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Called every second, from another thread.</summary>
    public virtual void Look()
    {
        Outbox.Look();
        if ((time.GetUtcNow().ToUnixTimeMilliseconds() - ConnectedMs) / 1_000 >= options.LifetimeSeconds) Outbox.Close((int)WebSocketCloseStatus.EndpointUnavailable, "lifetime over", afterwards: true);
    }

    /// <summary>Says good-bye: the server stops.</summary>
    public void Stop()
    {
        Outbox.Send(Farewell(time.GetUtcNow().ToUnixTimeMilliseconds()));
        Outbox.Close((int)WebSocketCloseStatus.EndpointUnavailable, "server stops", afterwards: true);
    }

    protected virtual Task Begin(CancellationToken cancellation) => Task.CompletedTask;

    protected abstract ValueTask Take(ReadOnlyMemory<byte> message, CancellationToken cancellation);

    /// <summary>What is sent before the server closes the socket because it stops.</summary>
    protected abstract byte[] Farewell(long nowMs);

    /// <summary>Gives up whatever it holds. Called once, at the end.</summary>
    protected abstract void End();

    /// <summary>Waits a moment for the close frame to leave.</summary>
    private async Task Gone(CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        while (!Outbox.Ended && time.GetElapsedTime(begun) < LastMoment)
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellation);
    }
}
