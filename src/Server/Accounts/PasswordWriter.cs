using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Writes a new password and ends the sessions that came in by the old one; both or neither.</summary>
internal sealed class PasswordWriter(
    UserManager<User> users, UserStore store, Sessions sessions, SessionWatch watch, IEnumerable<PasswordChanged> others, TimeProvider clock)
{
    /// <summary>False when another change came first. Commits the transaction; the caller holds a place to hash in.</summary>
    public async Task<bool> Write(User user, string password, Guid? spared, NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.PasswordChangedAt = clock.GetUtcNow().UtcDateTime;
        using var joined = store.Join(transaction);
        if (await users.UpdateSecurityStampAsync(user) is { Succeeded: false })
            return false;
        var ended = await sessions.EndAll(new UserId(user.Id), spared, EndReason.PasswordChanged, transaction);
        foreach (var other in others) await other.Handle(transaction, new UserId(user.Id), cancellation);
        await transaction.CommitAsync(cancellation);
        watch.Ended(ended);
        return true;
    }
}
