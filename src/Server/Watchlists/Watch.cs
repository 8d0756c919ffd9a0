using Dapper;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Watchlists;

/// <summary>Stars a pair; starring it again changes nothing. At most <see cref="Most"/> per user.</summary>
internal sealed class Watch(NpgsqlDataSource database, KnownSymbol known, TimeProvider clock)
{
    public const int Most = 500;

    // First half of the advisory lock's key, so that it meets no other room's lock.
    private const int LockSpace = 5;

    public async Task<Refused?> Handle(string name, UserId user, CancellationToken cancellation)
    {
        if (!Symbol.TryParse(name, out var symbol) || !known.Ask(symbol))
            return new Refused(ErrorCode.UnknownSymbol, "symbol", name);
        const string sql = """
            with counted as (select count(*) as stars, bool_or(symbol = @Symbol) as here from watched_symbols where user_id = @User),
            added as (
                insert into watched_symbols (user_id, symbol, added_at)
                select @User, @Symbol, @Now from counted where stars < @Most
                on conflict do nothing
            )
            select stars < @Most or here from counted
            """;
        var parameters = new { User = user.Value, Symbol = symbol.Value, Now = clock.GetUtcNow(), Most };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(@LockSpace, hashtext(@User))", new { LockSpace, User = user.ToString() }, transaction, cancellationToken: cancellation));
        var fits = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
        return fits ? null : new Refused(ErrorCode.InvalidField, "symbol", symbol.Value, $"{Most}", "The watchlist is full.");
    }
}
