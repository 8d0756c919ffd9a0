using System.Security.Cryptography;
using Lastro.Server.Platform;
using Lastro.Server.Platform.OneShot;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>One-shot for the machine's owner: <c>user reset-password EMAIL</c> sets a generated password and ends all sessions.</summary>
internal sealed class ResetPassword(NpgsqlDataSource database, UserManager<User> users, PasswordWriter writer)
{
    private const int Length = 20;

    // No letters that are easily taken for another.
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static async Task<int> Run(OneShotCall call, CancellationToken cancellation)
    {
        var email = call.Arguments[0];
        if (await call.Services.GetRequiredService<ResetPassword>().Handle(email, cancellation) is not { } password)
            throw new StartRefusedException($"Nobody is registered as {email}.");
        Console.WriteLine(password);
        return 0;
    }

    /// <summary>The new password, to be shown once; null when nobody has this address.</summary>
    public async Task<string?> Handle(string email, CancellationToken cancellation)
    {
        if (await users.FindByEmailAsync(email) is not { } user)
            return null;
        var password = RandomNumberGenerator.GetString(Letters, Length);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        return await writer.Write(user, password, spared: null, transaction, cancellation)
            ? password
            : throw new InvalidOperationException("The password was changed by somebody else at this moment; try again.");
    }
}
