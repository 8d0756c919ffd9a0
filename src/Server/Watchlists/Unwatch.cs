using Dapper;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Watchlists;

/// <summary>Takes a star away; also from a pair that the source no longer has.</summary>
internal sealed class Unwatch(NpgsqlDataSource database)
{
    public async Task<Refused?> Handle(string name, UserId user, CancellationToken cancellation)
    {
        if (!Symbol.TryParse(name, out var symbol))
            return new Refused(ErrorCode.UnknownSymbol, "symbol", name);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from watched_symbols where user_id = @User and symbol = @Symbol",
            new { User = user.Value, Symbol = symbol.Value }, cancellationToken: cancellation));
        return null;
    }
}
