using System.ComponentModel.DataAnnotations;

namespace Lastro.Server.BinanceApi;

/// <summary>Settings under <c>BinanceApi:Sockets</c>, for market streams and the WebSocket API alike.</summary>
internal sealed record SocketOptions
{
    /// <summary>Sockets open at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxSockets { get; init; } = 10_000;

    /// <summary>Streams one socket may listen to.</summary>
    [Range(1, 100_000)]
    public int StreamsPerSocket { get; init; } = 1_024;

    /// <summary>Messages a client of the market streams may send per second, with twice as many in a burst; 0 switches the limit off.</summary>
    [Range(0, 100_000)]
    public int MessagesPerSecond { get; init; } = 5;

    /// <summary>Longest message a client may send, bytes.</summary>
    [Range(1_024, 16_777_216)]
    public int MaxMessageBytes { get; init; } = 131_072;

    /// <summary>Seconds without a sound from the client after which the server sends a ping.</summary>
    [Range(1, 3_600)]
    public int PingSeconds { get; init; } = 20;

    /// <summary>Seconds after a ping without an answer after which the socket is dropped.</summary>
    [Range(1, 3_600)]
    public int PongSeconds { get; init; } = 60;

    /// <summary>Seconds a socket may live; Binance ends each after a day.</summary>
    [Range(1, 31_536_000)]
    public int LifetimeSeconds { get; init; } = 86_400;

    /// <summary>Frames that may wait for a slow client; those that replace each other count once.</summary>
    [Range(16, 1_000_000)]
    public int WaitingFrames { get; init; } = 4_096;

    /// <summary>Seconds one frame may take to leave before the client counts as too slow.</summary>
    [Range(1, 600)]
    public int MaxLagSeconds { get; init; } = 10;
}
