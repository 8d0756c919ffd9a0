using Dapper;
using Lastro.Server.Platform.Errors;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Opens or closes sign-up; for the admin. Setting Accounts:SignUp=false closes it whatever is said here.</summary>
internal sealed class SwitchSignUp(NpgsqlDataSource database)
{
    /// <param name="SignUpOpen">Required.</param>
    public sealed record Request(bool? SignUpOpen);

    public async Task<Refused?> Handle(Request request, CancellationToken cancellation)
    {
        if (request.SignUpOpen is not { } open)
            return new Refused(ErrorCode.InvalidField, "signUpOpen", Limit: "true|false");
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("update server_settings set sign_up_open = @open", new { open }, cancellationToken: cancellation));
        return null;
    }
}
