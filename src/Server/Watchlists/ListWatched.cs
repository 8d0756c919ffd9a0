using Dapper;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Watchlists;

/// <summary>The caller's starred pairs, in the order they were starred; never more than one page.</summary>
internal sealed class ListWatched(NpgsqlDataSource database)
{
    /// <param name="Symbol">Upper case.</param>
    /// <param name="AddedAt">UTC.</param>
    public sealed record Item(string Symbol, DateTimeOffset AddedAt);

    /// <param name="Items">At most 500.</param>
    /// <param name="NextCursor">Always null.</param>
    public sealed record Response(IReadOnlyList<Item> Items, string? NextCursor = null);

    public async Task<Response> Handle(UserId user, CancellationToken cancellation)
    {
        const string sql = "select symbol, added_at from watched_symbols where user_id = @User order by added_at, symbol";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(string Symbol, DateTime AddedAt)>(
            new CommandDefinition(sql, new { User = user.Value }, cancellationToken: cancellation));
        return new Response([.. rows.Select(row => new Item(row.Symbol, new DateTimeOffset(row.AddedAt, TimeSpan.Zero)))]);
    }
}
