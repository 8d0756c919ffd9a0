using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>
/// Writes a batch of commands in one transaction of two round trips: lock and read; decide in memory; write and commit. Each command has an
/// outcome of its own. What was committed goes to the lanes, in the order of the commands.
/// </summary>
internal sealed class IntakeWriter(
    NpgsqlDataSource database, OrderLanes lanes, FillWriter fills, OrderRescue rescue, OrderEvents events, OutboxPump pump)
{
    public async Task Write(IReadOnlyList<PlaceCommand> batch, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var replaced = await Replaced(connection, batch, cancellation);
        var read = await IntakeReading.Read(connection, transaction, batch, cancellation);
        var settlement = fills.Settle(replaced, read.Funds);
        var deciding = new IntakeDecider(read, settlement);
        foreach (var command in batch) deciding.Decide(command);
        if (deciding.Accepted.Count == 0)
        {
            await transaction.RollbackAsync(cancellation);
            deciding.TellAll();
            return;
        }

        await fills.Store(connection, transaction, settlement, cancellation);
        await InsertAndCommit(connection, transaction, deciding.Accepted);
        pump.Wake();
        foreach (var order in settlement.Changed) await lanes.Forget(order);
        await lanes.Arrive(deciding.Accepted, deciding.Waiting());
        deciding.TellAll();
    }

    private static async Task<List<OrderRow>> Replaced(NpgsqlConnection connection, IReadOnlyList<PlaceCommand> batch, CancellationToken cancellation)
    {
        var ids = batch.Where(command => command.Replaces is not null).Select(command => command.Replaces!.Value).Distinct().ToArray();
        return ids.Length == 0 ? [] : await OrderStore.Lock(connection, ids, cancellation);
    }

    /// <summary>
    /// The last statements and the commit go together. When the connection breaks in the middle, the outcome is looked up until it is known:
    /// an order must not sit unseen.
    /// </summary>
    private async Task InsertAndCommit(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<OrderRow> rows)
    {
        var journals = rows.Where(row => row.Held > 0m)
            .Select(row => Journals.Hold(row.Id, row.AccountId, new Money(row.Held, new Asset(row.HoldAsset)), new DateTimeOffset(row.CreatedAt, TimeSpan.Zero)))
            .ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(OrderStore.Insert(rows));
        if (journals.Count > 0) batch.BatchCommands.Add(WalletsRoom.PostCommand(connection, journals));
        batch.BatchCommands.Add(OutboxLog.Command(events.Placed(rows)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception error) when (ErrorHandling.DatabaseIsAway(error))
        {
            foreach (var row in rows)
            {
                if (lanes.Find(row.Symbol) is { } lane) rescue.LookUp(row.Id, lane);
            }

            throw;
        }
    }
}
