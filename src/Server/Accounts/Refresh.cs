using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>
/// Trades a refresh token for the next one. A token that was traded before is answered with the same successor for 30 s (tabs that
/// refresh at once, an answer lost on the way); after that somebody holds a copy, and the session ends for all of them.
/// </summary>
internal sealed class Refresh(
    NpgsqlDataSource database, AccessTokens tokens, Sessions sessions, SessionWatch watch, AccountsOptions options, TimeProvider clock)
{
    /// <param name="RefreshToken">Left out by browsers: theirs is in the cookie.</param>
    public sealed record Request(string? RefreshToken = null);

    public static TimeSpan Leeway { get; } = TimeSpan.FromSeconds(30);

    private static Refused NotGood { get; } = new(ErrorCode.Unauthenticated, Detail: "The session is over; sign in again.");

    public async Task<(User? User, SessionTokens? Tokens, Refused? Refused)> Handle(string? refresh, CancellationToken cancellation)
    {
        if (refresh is not { Length: >= 20 and <= 200 })
            return (null, null, NotGood);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        if (await Find(refresh, transaction) is not { } row || row.RevokedAt is not null || row.ExpiresAt <= now)
            return (null, null, NotGood);
        var user = row.Owner();
        if (row.UsedAt is { } used && now - used > Leeway)
        {
            var ended = await sessions.End(row.SessionId, new UserId(user.Id), EndReason.TokenReused, transaction);
            await transaction.CommitAsync(cancellation);
            watch.Ended(ended);
            return (null, null, NotGood);
        }

        var successor = sessions.SuccessorOf(refresh);
        await Advance(row.SessionId, refresh, successor, now, transaction);
        await transaction.CommitAsync(cancellation);
        return (user, new SessionTokens(tokens.Issue(new UserId(user.Id), row.SessionId, user.Role), successor), null);
    }

    // The session's row is locked before the token's state is read: parallel refreshes and a log-out come one after the other.
    private static async Task<Row?> Find(string refresh, NpgsqlTransaction transaction)
    {
        const string sql = """
            select s.id as SessionId, r.used_at as UsedAt, s.revoked_at as RevokedAt, s.expires_at as ExpiresAt,
                   u.id as UserId, u.email, u.name, u.role, u.created_at as CreatedAt
            from refresh_tokens r
            join sessions s on s.id = r.session_id
            join users u on u.id = s.user_id
            where r.hash = @Hash
            for update of s, r
            """;
        return await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(sql, new { Hash = Sessions.HashOf(refresh) }, transaction);
    }

    private async Task Advance(Guid sessionId, string refresh, string successor, DateTime now, NpgsqlTransaction transaction)
    {
        const string sql = """
            update refresh_tokens set used_at = coalesce(used_at, @Now) where hash = @Hash;
            insert into refresh_tokens (hash, session_id, issued_at) values (@Next, @SessionId, @Now) on conflict do nothing;
            update sessions set last_seen_at = @Now, expires_at = least(@Now + @RefreshAge, created_at + @SessionAge) where id = @SessionId;
            """;
        var parameters = new
        {
            Now = now,
            Hash = Sessions.HashOf(refresh),
            Next = Sessions.HashOf(successor),
            SessionId = sessionId,
            options.RefreshAge,
            options.SessionAge,
        };
        await transaction.Connection!.ExecuteAsync(sql, parameters, transaction);
    }

    private sealed record Row
    {
        public required Guid SessionId { get; init; }

        public required DateTime? UsedAt { get; init; }

        public required DateTime? RevokedAt { get; init; }

        public required DateTime ExpiresAt { get; init; }

        public required Guid UserId { get; init; }

        public required string Email { get; init; }

        public required string Name { get; init; }

        public required string Role { get; init; }

        public required DateTime CreatedAt { get; init; }

        public User Owner() =>
            new() { Id = UserId, Email = Email, Name = Name, Role = Role, CreatedAt = CreatedAt, PasswordChangedAt = CreatedAt };
    }
}
