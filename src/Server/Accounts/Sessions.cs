using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>The tokens of a session, as they leave the server. The refresh token is kept nowhere here.</summary>
internal sealed record SessionTokens(string Access, string Refresh);

/// <summary>Where a session was begun.</summary>
internal sealed record SessionPlace(string Device, string Ip)
{
    private const int LongestDevice = 200;

    public static SessionPlace Of(HttpContext context)
    {
        var agent = new string([.. context.Request.Headers.UserAgent.ToString().Where(one => !char.IsControl(one)).Take(LongestDevice)]);
        return new SessionPlace(agent, context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
    }
}

/// <summary>Begins and ends sessions inside the transactions of the verbs, and answers the watch.</summary>
internal sealed class Sessions(AccessTokens tokens, SigningKey key, AccountsOptions options, TimeProvider clock)
{
    private const int TokenBytes = 32;
    private readonly byte[] _successorKey = key.Derive("refresh successor");

    public static SessionSource Source(NpgsqlDataSource database, TimeProvider clock) => new(
        async (since, cancellation) =>
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            return (await connection.QueryAsync<Guid>(new CommandDefinition(
                "select id from sessions where revoked_at >= @since", new { since }, cancellationToken: cancellation))).AsList();
        },
        async (id, cancellation) =>
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select exists (select 1 from sessions where id = @id and revoked_at is null and expires_at > @now)",
                new { id, now = clock.GetUtcNow() }, cancellationToken: cancellation));
        });

    /// <summary>Null when the user's password was changed since <paramref name="user"/> was read: then this log-in came too late.</summary>
    public async Task<SessionTokens?> Begin(User user, SessionPlace place, NpgsqlTransaction transaction)
    {
        const string sql = """
            with owner as (select id from users where id = @UserId and security_stamp = @SecurityStamp for share),
            session as (
                insert into sessions (id, user_id, device, ip, created_at, last_seen_at, expires_at)
                select @SessionId, id, @Device, @Ip, @Now, @Now, @ExpiresAt from owner
                returning id
            )
            insert into refresh_tokens (hash, session_id, issued_at) select @Hash, id, @Now from session
            """;
        var now = clock.GetUtcNow();
        var sessionId = Guid.CreateVersion7(now);
        var refresh = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var row = new
        {
            UserId = user.Id,
            user.SecurityStamp,
            SessionId = sessionId,
            place.Device,
            place.Ip,
            Now = now,
            ExpiresAt = now + options.RefreshAge,
            Hash = HashOf(refresh),
        };
        if (await transaction.Connection!.ExecuteAsync(sql, row, transaction) == 0)
            return null;
        return new SessionTokens(tokens.Issue(new UserId(user.Id), sessionId, user.Role), refresh);
    }

    /// <summary>
    /// The one token that follows a refresh token. It is computed, so tabs that refresh at once get the same and none is kept readable;
    /// without the server's key nobody can compute it.
    /// </summary>
    public string SuccessorOf(string refresh) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_successorKey, Encoding.UTF8.GetBytes(refresh)));

    public static byte[] HashOf(string refresh) => SHA256.HashData(Encoding.UTF8.GetBytes(refresh));

    /// <summary>Ends one session of a user.</summary>
    public Task<IReadOnlyList<Guid>> End(Guid sessionId, UserId user, string reason, NpgsqlTransaction transaction) =>
        End("user_id = @User and id = @Session", user, sessionId, reason, transaction);

    /// <summary>Ends a user's sessions, but for <paramref name="spared"/>.</summary>
    public Task<IReadOnlyList<Guid>> EndAll(UserId user, Guid? spared, string reason, NpgsqlTransaction transaction) =>
        End("user_id = @User and id is distinct from @Session", user, spared, reason, transaction);

    private async Task<IReadOnlyList<Guid>> End(string which, UserId user, Guid? session, string reason, NpgsqlTransaction transaction)
    {
        var sql = $"update sessions set revoked_at = @Now, revoked_reason = @Reason where {which} and revoked_at is null returning id";
        var parameters = new { Now = clock.GetUtcNow(), Reason = reason, User = user.Value, Session = session };
        return (await transaction.Connection!.QueryAsync<Guid>(sql, parameters, transaction)).AsList();
    }
}

/// <summary>Why a session ended before its time; the values that the database allows.</summary>
internal static class EndReason
{
    public const string LogOut = "logOut";
    public const string LogOutAll = "logOutAll";
    public const string PasswordChanged = "passwordChanged";
    public const string TokenReused = "tokenReused";
}
