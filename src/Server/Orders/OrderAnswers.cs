using System.Text.Json;
using Dapper;
using Lastro.Core.Orders;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>The answer to a placed order: as it was accepted, or with its outcome where that is known at once.</summary>
internal sealed class OrderAnswers(NpgsqlDataSource database, OrderMailbox mailbox, IOptions<OrdersOptions> options, IOptions<JsonOptions> json, TimeProvider clock)
{
    /// <param name="row">As read or accepted.</param>
    /// <param name="before">True when it had been accepted by an earlier request with the same key.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<OrderView> Of(OrderRow row, bool before, CancellationToken cancellation)
    {
        if (!IsDecidedAtOnce(row)) return before ? AsPlaced(row) : OrderView.Of(row);
        if (!row.IsOpen) return OrderView.Of(row);
        var final = mailbox.Final(row.Id);
        try
        {
            // It may have ended before anybody waited for it.
            if (await Read(row.Id, cancellation) is { IsOpen: false } ended) return OrderView.Of(ended);
            return OrderView.Of(await final.WaitAsync(TimeSpan.FromMilliseconds(options.Value.AnswerWaitMs), clock, cancellation));
        }
        catch (TimeoutException)
        {
            return OrderView.Of(await Read(row.Id, cancellation) ?? row);
        }
        finally
        {
            mailbox.Forget(row.Id);
        }
    }

    /// <summary>The answer an order got when it was placed.</summary>
    public OrderView AsPlaced(OrderRow row) => row.Placed is { } kept
        ? JsonSerializer.Deserialize<OrderView>(kept, json.Value.SerializerOptions)!
        : OrderView.Of(row.AsPlaced());

    /// <summary>What to keep of an order whose terms are about to be amended.</summary>
    public string Keep(OrderRow row) => row.Placed ?? JsonSerializer.Serialize(OrderView.Of(row.AsPlaced()), json.Value.SerializerOptions);

    private static bool IsDecidedAtOnce(OrderRow row) =>
        row.Terms is { Waits: false } terms && row.ListId is null && (terms.Type == OrderType.Market || terms.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok);

    private async Task<OrderRow?> Read(long id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE id = @id";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<OrderRow>(new CommandDefinition(sql, new { id }, cancellationToken: cancellation));
    }
}
