using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Ends every session of the caller, this one too.</summary>
internal sealed class LogOutAll(NpgsqlDataSource database, Sessions sessions, SessionWatch watch)
{
    public async Task Handle(UserId user, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var ended = await sessions.EndAll(user, spared: null, EndReason.LogOutAll, transaction);
        await transaction.CommitAsync(cancellation);
        watch.Ended(ended);
    }
}
