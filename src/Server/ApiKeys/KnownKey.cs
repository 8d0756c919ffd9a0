using Lastro.Server.Platform.Identity;

namespace Lastro.Server.ApiKeys;

/// <summary>What a key may do.</summary>
[Flags]
internal enum KeyScopes
{
    None = 0,
    Read = 1,
    Trade = 2,
}

/// <summary>An API key that is in force, without its secret.</summary>
/// <param name="Id">Its row.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Account">The one paper account it is bound to.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Ed25519">True when it signs with Ed25519, false with HMAC-SHA256.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record KnownKey(Guid Id, UserId User, Guid Account, KeyScopes Scopes, bool Ed25519, DateTimeOffset CreatedAt);
