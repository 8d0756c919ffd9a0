using System.ComponentModel.DataAnnotations;

namespace Lastro.Server.Platform.Streaming;

/// <summary>Settings under <c>Streaming</c>.</summary>
internal sealed record StreamOptions
{
    /// <summary>Channels one socket may subscribe to.</summary>
    [Range(1, 10_000)]
    public int ChannelsPerSocket { get; init; } = 300;

    /// <summary>Sockets open at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxSockets { get; init; } = 10_000;

    /// <summary>Longest message a client may send, bytes.</summary>
    [Range(256, 1_048_576)]
    public int MaxMessageBytes { get; init; } = 16_384;

    /// <summary>Messages a client may send per second, with twice as many in a burst; 0 = off.</summary>
    [Range(0, 10_000)]
    public int MessagesPerSecond { get; init; } = 50;

    /// <summary>Updates that may wait for one subscription before the client counts as too slow.</summary>
    [Range(8, 100_000)]
    public int WaitingPerChannel { get; init; } = 256;

    /// <summary>Seconds the oldest waiting message may be old before the client counts as too slow.</summary>
    [Range(1, 600)]
    public int MaxLagSeconds { get; init; } = 10;

    /// <summary>Seconds between heartbeats.</summary>
    [Range(1, 600)]
    public int HeartbeatSeconds { get; init; } = 15;

    /// <summary>Seconds between looks at the session; a revoked one is closed within 5 s.</summary>
    [Range(1, 5)]
    public int SessionCheckSeconds { get; init; } = 2;
}
