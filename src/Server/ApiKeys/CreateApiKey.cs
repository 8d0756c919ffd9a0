using System.Text;
using System.Text.Json.Serialization;
using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Vault;
using Lastro.Server.Wallets;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.ApiKeys;

/// <summary>Makes a key for one paper account of the caller. Its secret is in this answer and in no other. At most <see cref="Most"/> per user.</summary>
internal sealed class CreateApiKey(NpgsqlDataSource database, SecretVault vault, Ed25519 curve, TimeProvider clock, ILogger<CreateApiKey> log)
{
    /// <summary>Keys of one user that are not revoked.</summary>
    public const int Most = 20;

    private static readonly TimeSpan _revokedAreKept = TimeSpan.FromDays(90);

    /// <summary>The body of POST /api-keys.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        /// <summary>1 to 80 visible characters.</summary>
        public string? Label { get; init; }

        /// <summary>A paper account of the caller.</summary>
        public Guid? AccountId { get; init; }

        /// <summary>read, trade or both.</summary>
        public IReadOnlyList<string>? Scopes { get; init; }

        /// <summary>At most 30 addresses or networks such as 10.0.0.0/8; none: every address.</summary>
        public IReadOnlyList<string>? AllowedIps { get; init; }

        /// <summary>In the future; none: never.</summary>
        public DateTimeOffset? ExpiresAt { get; init; }

        /// <summary>hmac, the usual, or ed25519.</summary>
        public string? Kind { get; init; }

        /// <summary>For ed25519: PEM (BEGIN PUBLIC KEY), or the 32 bytes in base64.</summary>
        public string? PublicKey { get; init; }

        public override string ToString() => $"API key '{Label}'";
    }

    public static async Task<Results<Created<NewApiKey>, ProblemHttpResult>> Route(Request body, CreateApiKey verb, HttpContext context)
    {
        var (key, refused) = await verb.Handle(body, UserId.Of(context.User), context.RequestAborted);
        if (key is null) return Problems.Result(refused!, context.Response);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/api-keys/{key.Id}", key);
    }

    public async Task<(NewApiKey? Key, Refused? Refused)> Handle(Request body, UserId user, CancellationToken cancellation)
    {
        var (terms, wrong) = KeyTerms.Read(body, clock.GetUtcNow());
        if (terms is null) return (null, wrong);
        if (terms.PublicKey is { } @public && Unusable(@public) is { } reason)
            return (null, new Refused(ErrorCode.InvalidField, "kind", "ed25519", "hmac", reason));
        var (key, secret) = (KeyText.NewKey(), terms.PublicKey is null ? KeyText.NewSecret() : null);
        var (made, refused) = await database.InTransaction((connection, _) => Write(connection, terms, key, secret, user, cancellation), cancellation);
        if (made is null) return (null, refused);
        log.LogInformation("API key {Key} of {User} was made: {Kind}, {Scopes}, account {Account}", made.Id, user, made.Kind, string.Join('+', made.Scopes), made.AccountId);
        return (new NewApiKey(made, key, secret), null);
    }

    private string? Unusable(byte[] @public)
    {
        if (curve.Missing is { } reason) return reason;
        using var key = curve.Read(@public);
        return key is null ? "OpenSSL does not take this public key." : null;
    }

    private async Task<(ApiKeyView?, Refused?)> Write(NpgsqlConnection connection, KeyTerms terms, string key, string? secret, UserId user, CancellationToken cancellation)
    {
        if (!await WalletsRoom.OwnsPaper(connection, user, terms.Account, cancellation)) return (null, new Refused(ErrorCode.NotFound, "accountId", $"{terms.Account}"));
        var now = terms.MadeAt;
        // One new key of a user after the other, so that two cannot both be the last.
        const string count = """
            SELECT pg_advisory_xact_lock(hashtextextended('api-keys:' || @User::text, 0));
            DELETE FROM api_keys WHERE user_id = @User AND revoked_at < @Old;
            """;
        await connection.ExecuteAsync(new CommandDefinition(count, new { User = user.Value, Old = now - _revokedAreKept }, cancellationToken: cancellation));
        var known = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT count(*) FROM api_keys WHERE user_id = @User AND revoked_at IS NULL", new { User = user.Value }, cancellationToken: cancellation));
        if (known >= Most) return (null, new Refused(ErrorCode.InvalidField, "apiKeys", $"{known + 1}", $"{Most}", "The user has as many API keys as allowed: revoke one first."));
        const string insert = $"""
            INSERT INTO api_keys (id, user_id, account_id, label, kind, prefix, key_hash, secret, public_key, scopes, allowed_ips, created_at, expires_at)
            VALUES (@Id, @User, @Account, @Label, @Kind, @Prefix, @Hash, @Secret, @PublicKey, @Scopes, @AllowedIps, @Now, @ExpiresAt)
            RETURNING {KeyRow.Columns}
            """;
        var id = Guid.CreateVersion7(now);
        var row = new
        {
            Id = id,
            User = user.Value,
            terms.Account,
            terms.Label,
            Kind = secret is null ? "ed25519" : "hmac",
            Prefix = key[..KeyText.PrefixLength],
            Hash = KeyText.HashOf(key),
            Secret = secret is null ? null : vault.Seal(KeyStore.PlaceOf(user, id), Encoding.ASCII.GetBytes(secret)),
            terms.PublicKey,
            terms.Scopes,
            terms.AllowedIps,
            Now = now,
            terms.ExpiresAt,
        };
        return ((await connection.QuerySingleAsync<KeyRow>(new CommandDefinition(insert, row, cancellationToken: cancellation))).Shown(), null);
    }
}
