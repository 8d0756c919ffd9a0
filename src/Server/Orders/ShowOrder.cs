using System.Globalization;
using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>One order of the caller.</summary>
internal sealed class ShowOrder(NpgsqlDataSource database)
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Route(string id, ShowOrder verb, HttpContext context) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var order)
            && await verb.Handle(UserId.Of(context.User), order, context.RequestAborted) is { } view
            ? TypedResults.Ok(view)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<OrderView?> Handle(UserId user, long id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE id = @Id AND user_id = @User";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<OrderRow>(new CommandDefinition(sql, new { Id = id, User = user.Value }, cancellationToken: cancellation));
        return row is null ? null : OrderView.Of(row);
    }
}
