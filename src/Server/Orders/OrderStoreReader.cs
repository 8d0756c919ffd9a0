using Dapper;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Reads single orders without locking them, and keeps the answers they were given.</summary>
internal sealed class OrderStoreReader(NpgsqlDataSource database)
{
    /// <summary>The user's order; null when there is none, or it is somebody else's.</summary>
    public async Task<OrderRow?> Find(UserId user, long id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE id = @Id AND user_id = @User";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<OrderRow>(new CommandDefinition(sql, new { Id = id, User = user.Value }, cancellationToken: cancellation));
    }

    /// <summary>The order, whosoever's it is.</summary>
    public async Task<OrderRow?> Read(long id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE id = @id";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<OrderRow>(new CommandDefinition(sql, new { id }, cancellationToken: cancellation));
    }

    /// <summary>A list's orders, first to last.</summary>
    public async Task<IReadOnlyList<OrderRow>> ReadList(long list, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE list_id = @list ORDER BY id";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, new { list }, cancellationToken: cancellation));
        return rows.AsList();
    }

    /// <summary>Keeps the answers to a placing, where none is kept yet.</summary>
    public async Task Remember(IReadOnlyList<(long Order, string Answer)> answers, CancellationToken cancellation)
    {
        const string sql = "UPDATE orders o SET placed = n.answer::jsonb FROM unnest(@Orders, @Answers) AS n (id, answer) WHERE o.id = n.id AND o.placed IS NULL";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            sql, new { Orders = answers.Select(one => one.Order).ToArray(), Answers = answers.Select(one => one.Answer).ToArray() }, cancellationToken: cancellation));
    }
}
