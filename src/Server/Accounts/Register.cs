using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Makes a user, with all that other rooms open for a new user, in one transaction. The first user ever is the admin.</summary>
internal sealed class Register(
    NpgsqlDataSource database, UserManager<User> users, UserStore store, Hashing hashing, Sessions sessions, NewUser newUser)
{
    public const int LongestName = 80;

    /// <param name="Email">At most 254 characters.</param>
    /// <param name="Password">8 to 128 characters, none of the common ones.</param>
    /// <param name="Name">1 to 80 characters.</param>
    public sealed record Request(string? Email, string? Password, string? Name);

    /// <summary>The user, signed in when <paramref name="place"/> is given.</summary>
    public async Task<(User? User, SessionTokens? Tokens, Refused? Refused)> Handle(
        Request request, SessionPlace? place, CancellationToken cancellation)
    {
        if (!await IsOpen(cancellation))
            return Refuse(new Refused(ErrorCode.Forbidden, Detail: "Sign-up is closed on this server."));
        var email = request.Email?.Trim() ?? "";
        var name = request.Name?.Trim() ?? "";
        if (Check(email, name, request.Password) is { } refused)
            return Refuse(refused);

        var user = newUser.Draft(email, name);
        using (var turn = await hashing.Enter(cancellation))
        {
            if (!turn.IsAcquired)
                return Refuse(Hashing.Busy);
            user.PasswordHash = users.PasswordHasher.HashPassword(user, request.Password!);
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        using var joined = store.Join(transaction);
        if (await users.CreateAsync(user) is { Succeeded: false })
            return Refuse(new Refused(ErrorCode.InvalidField, "email", email, "unique", "This e-mail address is taken."));
        await newUser.Welcome(connection, transaction, new UserId(user.Id), cancellation);
        var tokens = place is null ? null : await sessions.Begin(user, place, transaction);
        await transaction.CommitAsync(cancellation);
        return (user, tokens, null);
    }

    private static Refused? Check(string email, string name, string? password)
    {
        if (!EmailAddress.IsValid(email))
            return new Refused(ErrorCode.InvalidField, "email", Limit: $"{EmailAddress.Longest}", Detail: "This is not an e-mail address.");
        if (name.Length is < 1 or > LongestName || name.Any(char.IsControl))
            return new Refused(ErrorCode.InvalidField, "name", Limit: $"1..{LongestName}", Detail: "The name must have 1 to 80 visible characters.");
        return PasswordRules.Check(password ?? "", "password", email, name);
    }

    private static (User?, SessionTokens?, Refused?) Refuse(Refused refused) => (null, null, refused);

    private async Task<bool> IsOpen(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return newUser.SignUp && await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select sign_up_open from server_settings", cancellationToken: cancellation));
    }
}
