using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Platform.Streaming;

/// <summary>A family of channels that a room offers: <c>ticker:SYM</c>, <c>orders</c>.</summary>
internal sealed record ChannelKind
{
    /// <summary>The part before the first colon.</summary>
    public required string Name { get; init; }

    /// <summary>True when each user has a channel of his own, which needs him signed in.</summary>
    public bool Private { get; init; }

    /// <summary>Checks the name; null when it is good. Must be cheap.</summary>
    public required Func<ChannelAsk, ChannelRefusal?> Check { get; init; }

    /// <summary>The first picture. Taken after the subscription is entered, so no later update is missed (one may be in both).</summary>
    public required Func<ChannelAsk, CancellationToken, ValueTask<StreamFrame>> Snapshot { get; init; }
}

/// <summary>A wish to subscribe.</summary>
/// <param name="Channel">The whole name.</param>
/// <param name="Arguments">The parts after the colons.</param>
/// <param name="User">Set for private kinds.</param>
internal sealed record ChannelAsk(string Channel, IReadOnlyList<string> Arguments, UserId? User);

/// <summary>Why a channel is not to be had.</summary>
internal sealed record ChannelRefusal(ErrorCode Code, string Detail);
