using Dapper;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Ends the caller's session, named by its access token or, when that has run out, by its refresh token.</summary>
internal sealed class LogOut(NpgsqlDataSource database, Sessions sessions, SessionWatch watch)
{
    /// <summary>False when neither names a session.</summary>
    public async Task<bool> Handle(SignedIn? who, string? refresh, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (session, user) = who is not null ? (who.SessionId, who.User) : await OfRefresh(refresh, transaction);
        if (session == Guid.Empty)
            return false;
        var ended = await sessions.End(session, user, EndReason.LogOut, transaction);
        await transaction.CommitAsync(cancellation);
        watch.Ended(ended);
        return true;
    }

    private static async Task<(Guid Session, UserId User)> OfRefresh(string? refresh, NpgsqlTransaction transaction)
    {
        if (string.IsNullOrEmpty(refresh))
            return default;
        const string sql = """
            select s.id, s.user_id from refresh_tokens r join sessions s on s.id = r.session_id where r.hash = @Hash
            """;
        var (session, user) = await transaction.Connection!.QuerySingleOrDefaultAsync<(Guid, Guid)>(
            sql, new { Hash = Sessions.HashOf(refresh) }, transaction);
        return (session, new UserId(user));
    }
}
