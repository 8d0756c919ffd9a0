using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>The caller's orders, newest first.</summary>
internal sealed class ListOrders(NpgsqlDataSource database)
{
    public static async Task<Results<Ok<Paged<OrderView>>, ProblemHttpResult>> Route(
        [AsParameters] OrderFilter filter, string? status, ListOrders verb, HttpContext context)
    {
        if (status is not (null or "open" or "closed" or "all"))
            return Problems.Result(new Refused(ErrorCode.InvalidField, "status", status, "open, closed, all"));
        if (filter.Fault() is { } refused) return Problems.Result(refused);
        return TypedResults.Ok(await verb.Handle(UserId.Of(context.User), filter, status ?? "all", context.RequestAborted));
    }

    public async Task<Paged<OrderView>> Handle(UserId user, OrderFilter filter, string status, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {OrderRow.Columns} FROM orders
            WHERE user_id = @User AND id < @Before AND (@Account::uuid IS NULL OR account_id = @Account) AND (@Symbol::text IS NULL OR symbol = @Symbol)
                AND (@Status = 'all' OR ({OrderRow.OpenSql}) = (@Status = 'open'))
            ORDER BY id DESC LIMIT @Limit
            """;
        var parameters = new { User = user.Value, filter.Before, filter.Account, Symbol = filter.PlainSymbol, Status = status, Limit = filter.Most + 1 };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
        var page = Paged<OrderRow>.Of(rows, filter.Most, row => row.Id);
        return new Paged<OrderView>([.. page.Items.Select(OrderView.Of)], page.NextCursor);
    }
}
