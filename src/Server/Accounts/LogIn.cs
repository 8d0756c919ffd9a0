using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Checks a password and begins a session. An unknown address is answered like a wrong password, after the same work.</summary>
internal sealed class LogIn(
    NpgsqlDataSource database, UserManager<User> users, Hashing hashing, LoginWaits waits, Sessions sessions, DecoyHash decoy)
{
    /// <param name="Email">Any letter case.</param>
    /// <param name="Password">At most 128 characters.</param>
    public sealed record Request(string? Email, string? Password);

    public async Task<(User? User, SessionTokens? Tokens, Refused? Refused)> Handle(
        Request request, LoginTry attempt, SessionPlace place, CancellationToken cancellation)
    {
        if (request.Email is null)
            return Refuse(new Refused(ErrorCode.InvalidField, "email"));
        if (request.Password is null)
            return Refuse(new Refused(ErrorCode.InvalidField, "password"));
        var (user, refused) = await Check(request.Email, request.Password, attempt, cancellation);
        if (user is null)
            return Refuse(refused!);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await sessions.Begin(user, place, transaction) is not { } tokens)
            return Refuse(WrongPair);
        await transaction.CommitAsync(cancellation);
        return (user, tokens, null);
    }

    private static Refused WrongPair { get; } = new(ErrorCode.Unauthenticated, Detail: "E-mail address or password is wrong.");

    private static (User?, SessionTokens?, Refused?) Refuse(Refused refused) => (null, null, refused);

    private async Task<(User? User, Refused? Refused)> Check(string email, string password, LoginTry attempt, CancellationToken cancellation)
    {
        if (await waits.SecondsLeft(attempt, cancellation) is > 0 and var early)
            return (null, LoginWaits.Wait(early));
        using var place = await hashing.Enter(cancellation);
        if (!place.IsAcquired)
            return (null, Hashing.Busy);

        // Asked again inside the place: of many tries sent at once, those after the fifth wrong one must find the wait.
        if (await waits.SecondsLeft(attempt, cancellation) is > 0 and var left)
            return (null, LoginWaits.Wait(left));
        var user = email.Length <= EmailAddress.Longest && password.Length <= PasswordRules.Longest ? await users.FindByEmailAsync(email) : null;
        var right = user is null ? decoy.Check(password) : await users.CheckPasswordAsync(user, password);
        if (right)
        {
            await waits.Right(attempt, cancellation);
            return (user, null);
        }

        return (null, await waits.Wrong(attempt, cancellation) ?? WrongPair);
    }
}
