using System.ComponentModel.DataAnnotations;
using Dapper;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>The caller's accounts, oldest first.</summary>
internal sealed class ListAccounts(NpgsqlDataSource database)
{
    /// <param name="Id">UUID.</param>
    /// <param name="Kind">"paper" or "live".</param>
    /// <param name="Exchange">Where it trades; "paper" for virtual money.</param>
    /// <param name="Name">For people.</param>
    /// <param name="CreatedAt">UTC.</param>
    public sealed record Item(Guid Id, [property: AllowedValues("paper", "live")] string Kind, string Exchange, string Name, DateTimeOffset CreatedAt);

    public async Task<Paged<Item>> Handle(UserId user, CancellationToken cancellation)
    {
        const string sql = "SELECT id, kind, exchange, name, created_at FROM accounts WHERE user_id = @User ORDER BY created_at, id LIMIT 100";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<(Guid Id, string Kind, string Exchange, string Name, DateTime CreatedAt)>(
            new CommandDefinition(sql, new { User = user.Value }, cancellationToken: cancellation));
        return new Paged<Item>([.. rows.Select(r => new Item(r.Id, r.Kind, r.Exchange, r.Name, new DateTimeOffset(r.CreatedAt, TimeSpan.Zero)))], null);
    }
}
