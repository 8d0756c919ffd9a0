using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Sets a new password after checking the old one, and ends the user's other sessions in the same transaction.</summary>
internal sealed class ChangePassword(
    NpgsqlDataSource database, UserManager<User> users, Hashing hashing, LoginWaits waits, PasswordWriter writer)
{
    /// <param name="CurrentPassword">Wrong tries are counted like wrong tries to sign in.</param>
    /// <param name="NewPassword">8 to 128 characters, none of the common ones.</param>
    public sealed record Request(string? CurrentPassword, string? NewPassword);

    public async Task<Refused?> Handle(Request request, SignedIn who, Func<string, LoginTry> tryOf, CancellationToken cancellation)
    {
        if (request.CurrentPassword is null)
            return new Refused(ErrorCode.InvalidField, "currentPassword");
        if (await users.FindByIdAsync(who.User.Value.ToString()) is not { } user)
            return new Refused(ErrorCode.Unauthenticated);
        if (PasswordRules.Check(request.NewPassword ?? "", "newPassword", user.Email, user.Name) is { } refused)
            return refused;
        var attempt = tryOf(EmailAddress.Key(user.Email));
        if (await waits.SecondsLeft(attempt, cancellation) is > 0 and var early)
            return LoginWaits.Wait(early);
        using var place = await hashing.Enter(cancellation);
        if (!place.IsAcquired)
            return Hashing.Busy;
        if (await waits.SecondsLeft(attempt, cancellation) is > 0 and var left)
            return LoginWaits.Wait(left);
        if (request.CurrentPassword.Length > PasswordRules.Longest || !await users.CheckPasswordAsync(user, request.CurrentPassword))
            return await waits.Wrong(attempt, cancellation) ?? new Refused(ErrorCode.InvalidField, "currentPassword", Detail: "The current password is wrong.");
        await waits.Right(attempt, cancellation);

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        return await writer.Write(user, request.NewPassword!, spared: who.SessionId, transaction, cancellation)
            ? null
            : new Refused(ErrorCode.InProgress, Detail: "The password was changed by another request at this moment.");
    }
}
