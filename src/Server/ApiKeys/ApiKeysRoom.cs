using System.Net;
using Lastro.Server.Platform.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

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

/// <summary>Weight that one address may use in a minute, 0 for no limit; the room that has the limits registers it.</summary>
internal sealed record WeightLimit(Func<int> PerMinute);

/// <summary>What other rooms may ask about API keys. Answers come from memory; a revoked key is unknown at once, here and on other nodes within a second.</summary>
internal sealed class ApiKeyDesk(KeyRing ring)
{
    /// <summary>
    /// The key as sent, from this address; null when there is none, it is revoked, has expired, or does not allow the address.
    /// Notes its use. Throws what the database throws while neither memory nor database can tell.
    /// </summary>
    public ValueTask<KnownKey?> Find(string key, IPAddress? from, CancellationToken cancellation) => ring.Find(key, from, cancellation);

    /// <summary>Is this the key's signature over these bytes? HMAC-SHA256 in hex of either case, Ed25519 in base64.</summary>
    public ValueTask<bool> Signed(KnownKey key, ReadOnlyMemory<byte> payload, string signature, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(ring.Held(key.Id)?.Signed(payload.Span, signature) ?? false);
    }

    /// <summary>Is it still in force? For sockets that were opened with it.</summary>
    public bool InForce(KnownKey key) => ring.Held(key.Id) is not null;
}

/// <summary>The door: keys with which programs act for a user.</summary>
internal static class ApiKeysRoom
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<KeyStore>().AddSingleton<KeyRing>().AddSingleton<ApiKeyDesk>();
        services.AddSingleton<KeyWatch>().AddHostedService(all => all.GetRequiredService<KeyWatch>());
        services.TryAddSingleton(new WeightLimit(() => 0));
        services.AddSingleton<CreateApiKey>().AddSingleton<ListApiKeys>().AddSingleton<RevokeApiKey>().AddSingleton<ReadKeyUse>();
        return services.AddSingleton(all => new Accounts.PasswordChanged(all.GetRequiredService<KeyStore>().RevokeAll));
    }

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/api-keys").WithTags("api keys").RequireAuthorization(Policies.Signed);
        group.MapGet("", ListApiKeys.Route).WithName("apiKeys");
        group.MapPost("", CreateApiKey.Route).WithName("createApiKey").RequireRateLimiting(RateLimits.Orders);
        group.MapGet("/usage", ReadKeyUse.Route).WithName("apiKeyUsage");
        group.MapDelete("/{id}", RevokeApiKey.Route).WithName("revokeApiKey");
    }
}
