using Dapper;
using Lastro.Core.Markets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>At the start: reads every open order and keeps it for its pair's lane, before prices flow.</summary>
internal sealed class RecoverOrders(NpgsqlDataSource database, OrdersStage stage, ILogger<RecoverOrders> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE {OrderRow.OpenSql} ORDER BY id";
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var count = 0;
        await foreach (var row in connection.QueryUnbufferedAsync<OrderRow>(sql).WithCancellation(cancellationToken))
        {
            stage.Keep(new Symbol(row.Symbol), WorkingOrder.Of(row), new DateTimeOffset(row.UpdatedAt, TimeSpan.Zero).ToUnixTimeMilliseconds());
            count++;
        }

        if (count > 0) log.LogInformation("{Count} open orders go back to their lanes", count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
