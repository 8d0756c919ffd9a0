using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Platform.Streaming;

/// <summary>Who is at the other end of a socket.</summary>
/// <param name="User">The user.</param>
/// <param name="Session">The session that can be revoked.</param>
internal sealed record StreamIdentity(UserId User, Guid Session);

/// <summary>How a socket learns who asks, and whether that still holds.</summary>
internal sealed record StreamAuth
{
    /// <summary>By the access tokens and sessions of this server.</summary>
    public static StreamAuth Of(Credentials credentials, SessionWatch sessions) => new()
    {
        OfRequest = async context => Identity(await credentials.Verify(credentials.TokenOfUpgrade(context.Request), context.RequestAborted)),
        OfToken = async (token, cancellation) => Identity(await credentials.Verify(token, cancellation)),
        StillValid = (identity, _) => ValueTask.FromResult(!sessions.IsRevoked(identity.Session)),
    };

    /// <summary>From the upgrade request's cookie; null for an anonymous one.</summary>
    public Func<HttpContext, ValueTask<StreamIdentity?>> OfRequest { get; init; } = _ => ValueTask.FromResult<StreamIdentity?>(null);

    /// <summary>From an access token; null when it is not valid.</summary>
    public Func<string, CancellationToken, ValueTask<StreamIdentity?>> OfToken { get; init; } = (_, _) => ValueTask.FromResult<StreamIdentity?>(null);

    /// <summary>False once the session was revoked.</summary>
    public Func<StreamIdentity, CancellationToken, ValueTask<bool>> StillValid { get; init; } = (_, _) => ValueTask.FromResult(true);

    private static StreamIdentity? Identity(SignedIn? who) => who is null ? null : new StreamIdentity(who.User, who.SessionId);
}
