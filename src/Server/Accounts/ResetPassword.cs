using System.Security.Cryptography;
using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>
/// For the machine's owner, <c>user reset-password EMAIL</c>: sets a generated password and ends all sessions and keys, which a running
/// server notices within seconds. Needs the database only.
/// </summary>
internal static class ResetPassword
{
    private const int Length = 20;

    // No letters that are easily taken for another.
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>The new password, to be shown once; null when nobody has this address.</summary>
    public static Task<string?> Handle(
        NpgsqlDataSource database, IReadOnlyList<PasswordChanged> others, string email, TimeProvider clock, CancellationToken cancellation)
    {
        const string change = """
            update users set password_hash = @Hash, security_stamp = @Stamp, password_changed_at = @Now, version = version + 1
            where email_key = @Key
            returning id
            """;
        const string end = """
            update sessions set revoked_at = @Now, revoked_reason = @Reason where user_id = @User and revoked_at is null
            """;
        var password = RandomNumberGenerator.GetString(Letters, Length);
        var (now, hash) = (clock.GetUtcNow(), Hash(password));
        return database.InTransaction<string?>(async (connection, transaction) =>
        {
            var row = new { Hash = hash, Stamp = Guid.NewGuid().ToString("N"), Now = now, Key = EmailAddress.Key(email) };
            if (await connection.ExecuteScalarAsync<Guid?>(change, row, transaction) is not { } user)
                return null;
            await connection.ExecuteAsync(end, new { Now = now, Reason = EndReason.PasswordChanged, User = user }, transaction);
            foreach (var other in others) await other.Handle(transaction, new UserId(user), cancellation);
            return password;
        }, cancellation);
    }

    // A server that asks more rounds renews the hash at the next log-in.
    private static string Hash(string password) =>
        new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = AccountsOptions.FewestHashRounds }))
            .HashPassword(null!, password);
}
