using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Platform.Streaming;

/// <summary>Who is at the other end of a socket.</summary>
/// <param name="User">The user.</param>
/// <param name="Session">The session that can be revoked.</param>
internal sealed record StreamIdentity(UserId User, Guid Session);

/// <summary>How a socket learns who asks. The identity part of the platform fills it in.</summary>
internal sealed record StreamAuth
{
    /// <summary>From the upgrade request's cookie; null for an anonymous one.</summary>
    public Func<HttpContext, ValueTask<StreamIdentity?>> OfRequest { get; init; } = _ => ValueTask.FromResult<StreamIdentity?>(null);

    /// <summary>From an access token; null when it is not valid.</summary>
    public Func<string, CancellationToken, ValueTask<StreamIdentity?>> OfToken { get; init; } = (_, _) => ValueTask.FromResult<StreamIdentity?>(null);

    /// <summary>False once the session was revoked.</summary>
    public Func<StreamIdentity, CancellationToken, ValueTask<bool>> StillValid { get; init; } = (_, _) => ValueTask.FromResult(true);
}
