using Dapper;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>What the sign-in page must know before anybody is signed in.</summary>
internal sealed class AuthOptions(NpgsqlDataSource database, AccountsOptions options, CookieMode mode, MarketIsSimulated simulated)
{
    /// <param name="SignUpOpen">Whether register will be heard.</param>
    /// <param name="InsecureHttp">Whether the server runs on plain http beyond loopback.</param>
    /// <param name="Simulated">Whether prices are made up.</param>
    public sealed record Response(bool SignUpOpen, bool InsecureHttp, bool Simulated);

    public async Task<Response> Handle(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var open = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select sign_up_open from server_settings", cancellationToken: cancellation));
        return new Response(open && options.SignUp, mode.InsecureHttp, simulated.Ask());
    }
}
