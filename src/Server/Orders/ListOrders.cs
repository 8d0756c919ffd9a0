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
        [AsParameters] OrderFilter filter, string? status, string? type, ListOrders verb, HttpContext context)
    {
        if (status is not (null or "open" or "closed" or "all") && OrderWords.ToStatus(status) is null)
            return Problems.Result(new Refused(ErrorCode.InvalidField, "status", status, $"open, closed, all, {OrderWords.AllStatuses}"));
        if (type is not null && OrderWords.ToType(type) is null) return Problems.Result(new Refused(ErrorCode.InvalidField, "type", type, OrderWords.AllTypes));
        if (filter.Fault() is { } refused) return Problems.Result(refused);
        return TypedResults.Ok(await verb.Handle(UserId.Of(context.User), filter, status ?? "all", type, context.RequestAborted));
    }

    /// <param name="user">Whose.</param>
    /// <param name="filter">Checked.</param>
    /// <param name="status">all, open, closed, or one status.</param>
    /// <param name="type">Only this type; null for all.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Paged<OrderView>> Handle(UserId user, OrderFilter filter, string status, string? type, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {OrderRow.Columns} FROM orders
            WHERE {OrderFilter.Sql} AND (@Type::text IS NULL OR type = @Type)
                AND CASE @Status WHEN 'all' THEN true WHEN 'open' THEN {OrderRow.OpenSql} WHEN 'closed' THEN NOT ({OrderRow.OpenSql}) ELSE status = @Status END
            ORDER BY id DESC LIMIT @Limit
            """;
        var parameters = filter.Parameters(user);
        parameters.Add("Status", status);
        parameters.Add("Type", type);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
        var page = Paged<OrderRow>.Of(rows, filter.Most, row => row.Id);
        return new Paged<OrderView>([.. page.Items.Select(OrderView.Of)], page.NextCursor);
    }
}
