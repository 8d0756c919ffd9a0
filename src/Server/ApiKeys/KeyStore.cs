using System.Net;
using Dapper;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Vault;
using Npgsql;

namespace Lastro.Server.ApiKeys;

/// <summary>What the ring reads and writes of the keys' table.</summary>
internal sealed class KeyStore(NpgsqlDataSource database, SecretVault vault, Ed25519 curve, TimeProvider clock, ILogger<KeyStore> log)
{
    private const string Field = "api_keys.secret";

    public static VaultPlace PlaceOf(UserId user, Guid key) => new(user, key, Field);

    /// <summary>The key with this hash, unless it is revoked or has expired. A secret that does not open is logged, and the key is as if it were not there.</summary>
    public async Task<HeldKey?> Load(byte[] hash, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, user_id AS UserId, account_id AS AccountId, scopes, allowed_ips AS AllowedIps, secret, public_key AS PublicKey,
                created_at AS CreatedAt, expires_at AS ExpiresAt
            FROM api_keys WHERE key_hash = @hash AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @Now)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { hash, Now = clock.GetUtcNow() }, cancellationToken: cancellation));
        return row is null ? null : Held(row);
    }

    /// <summary>Is it there and not revoked?</summary>
    public async Task<bool> Stands(Guid id, CancellationToken cancellation)
    {
        const string sql = "SELECT EXISTS (SELECT FROM api_keys WHERE id = @id AND revoked_at IS NULL)";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, new { id }, cancellationToken: cancellation));
    }

    public async Task<IReadOnlyList<Guid>> RevokedSince(DateTimeOffset since, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(
            "SELECT id FROM api_keys WHERE revoked_at >= @since", new { since }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>In one statement, and never back in time: another node may have written a later use.</summary>
    public async Task WriteUses(IReadOnlyList<(Guid Key, long AtMs, IPAddress? From)> uses, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE api_keys SET last_used_at = used.at, last_used_ip = used.ip
            FROM unnest(@Keys, @Times, @Ips) AS used (id, at, ip)
            WHERE api_keys.id = used.id AND (last_used_at IS NULL OR last_used_at < used.at)
            """;
        var parameters = new
        {
            Keys = uses.Select(use => use.Key).ToArray(),
            Times = uses.Select(use => DateTimeOffset.FromUnixTimeMilliseconds(use.AtMs).UtcDateTime).ToArray(),
            Ips = uses.Select(use => use.From?.ToString()).ToArray(),
        };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
    }

    /// <summary>All keys of a user end with the password they were made under, in its transaction.</summary>
    public async Task RevokeAll(NpgsqlTransaction transaction, UserId user, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE api_keys SET revoked_at = @Now, revoked_reason = 'passwordChanged', secret = NULL WHERE user_id = @User AND revoked_at IS NULL
            """;
        var ended = await transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, new { Now = clock.GetUtcNow(), User = user.Value }, transaction, cancellationToken: cancellation));
        if (ended > 0) log.LogInformation("{Count} API keys of {User} end with the password", ended, user);
    }

    private HeldKey? Held(Row row)
    {
        var user = new UserId(row.UserId);
        var key = new KnownKey(row.Id, user, row.AccountId, KeyTerms.ScopesOf(row.Scopes), row.PublicKey is not null, new DateTimeOffset(row.CreatedAt, TimeSpan.Zero));
        var networks = row.AllowedIps.Select(IPNetwork.Parse).ToArray();
        var expires = row.ExpiresAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeMilliseconds() : (long?)null;
        try
        {
            if (row.Secret is not null) return new HeldKey(key, networks, expires, vault.Open(PlaceOf(user, row.Id), row.Secret));
            if (curve.Read(row.PublicKey!) is { } @public) return new HeldKey(key, networks, expires, @public);
            log.LogError("API key {Key} of {User} has a public key that is none", row.Id, user);
        }
        catch (Exception error) when (error is VaultRefusedException or PlatformNotSupportedException)
        {
            log.LogError("API key {Key} of {User} cannot be used: {Reason}", row.Id, user, error.Message);
        }

        return null;
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid UserId { get; init; }

        public required Guid AccountId { get; init; }

        public required string[] Scopes { get; init; }

        public required string[] AllowedIps { get; init; }

        public byte[]? Secret { get; init; }

        public byte[]? PublicKey { get; init; }

        public required DateTime CreatedAt { get; init; }

        public DateTime? ExpiresAt { get; init; }
    }
}
