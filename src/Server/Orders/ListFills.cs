using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>The caller's fills, newest first.</summary>
internal sealed class ListFills(NpgsqlDataSource database)
{
    public static async Task<Results<Ok<Paged<FillView>>, ProblemHttpResult>> Route(
        [AsParameters] OrderFilter filter, string? orderId, ListFills verb, HttpContext context)
    {
        if (filter.Fault() is { } refused) return Problems.Result(refused);
        if (orderId is not null && OrderFilter.Number(orderId) is null) return Problems.Result(new Refused(ErrorCode.InvalidField, "orderId", orderId));
        return TypedResults.Ok(await verb.Handle(UserId.Of(context.User), filter, OrderFilter.Number(orderId), context.RequestAborted));
    }

    public async Task<Paged<FillView>> Handle(UserId user, OrderFilter filter, long? order, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {FillRow.Columns} FROM fills
            WHERE {OrderFilter.Sql} AND (@Order::bigint IS NULL OR order_id = @Order)
            ORDER BY id DESC LIMIT @Limit
            """;
        var parameters = filter.Parameters(user);
        parameters.Add("Order", order);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<FillRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
        var page = Paged<FillRow>.Of(rows, filter.Most, row => row.Id);
        return new Paged<FillView>([.. page.Items.Select(FillView.Of)], page.NextCursor);
    }
}
