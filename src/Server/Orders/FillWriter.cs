using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Lastro.Server.Orders;

/// <summary>Writes decisions: fills, journals, order states and events in one transaction, under the orders' row locks.</summary>
internal sealed class FillWriter(NpgsqlDataSource database, OrderLanes lanes, OrderEvents events, OutboxPump pump, IOptions<OrdersOptions> options)
{
    public int BatchSize => options.Value.BatchSize;

    /// <summary>Writes what still counts. A decision on an order that has ended meanwhile, was amended, or that was written already, is dropped.</summary>
    public async Task Write(IReadOnlyList<Decision> decisions, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var orders = decisions.Where(decision => decision.Mark is null).Select(decision => decision.OrderId).Distinct().ToList();
        var stored = orders.Count == 0 ? [] : await OrderStore.Lock(connection, orders, cancellation);
        var known = stored.ToDictionary(row => row.Id);
        var settlement = Settle(stored, await Funds(connection, decisions, known, cancellation));

        // An order that cannot be found was never committed: its decision is nobody's.
        foreach (var decision in decisions.Where(decision => known.ContainsKey(decision.OrderId))) _ = settlement.Apply(decision);
        await Store(connection, transaction, settlement, cancellation);
        await MarketMarks.Write(connection, decisions.Select(decision => decision.Mark).OfType<LaneMark>(), cancellation);
        await transaction.CommitAsync(cancellation);
        if (settlement.Changed.Count > 0) pump.Wake();
        foreach (var order in settlement.Changed) await lanes.Decided(order, known[order.Id]);
        foreach (var order in stored.Where(row => !row.IsOpen)) lanes.EndedBefore(order);
    }

    /// <summary>A settlement of these rows by the server's fees and the pairs' grids.</summary>
    public Settlement Settle(IReadOnlyCollection<OrderRow> rows, Funds funds, string? cancelId = null) =>
        new(options.Value.Fees, lanes.Instrument, rows, funds) { CancelId = cancelId };

    /// <summary>Writes what a settlement has changed, in the caller's transaction.</summary>
    public async Task Store(NpgsqlConnection connection, NpgsqlTransaction transaction, Settlement settlement, CancellationToken cancellation)
    {
        if (settlement.Changed.Count == 0) return;
        var ids = await InsertFills(connection, settlement.Fills, cancellation);
        await OrderStore.Update(connection, settlement.Changed, cancellation);
        await WalletsRoom.Post(connection, settlement.AllJournals(ids), cancellation);
        await OutboxLog.Append(connection, transaction, [.. Messages(settlement, ids)], cancellation);
    }

    /// <summary>Money is looked at, and locked, only for orders that hold it when they fire.</summary>
    private static async Task<Funds> Funds(
        NpgsqlConnection connection, IReadOnlyList<Decision> decisions, Dictionary<long, OrderRow> known, CancellationToken cancellation)
    {
        var firing = decisions.Any(decision => decision.FiredBy is not null && known.TryGetValue(decision.OrderId, out var row) && row.Held == 0m && row.ListId is null);
        if (!firing) return new Funds();
        var pairs = known.Values.SelectMany(row => new[] { (row.AccountId, row.Base), (row.AccountId, row.Quote) }).Distinct().ToList();
        return await Wallets.Funds.Lock(connection, pairs, cancellation);
    }

    private static async Task<List<long>> InsertFills(NpgsqlConnection connection, IReadOnlyList<NewFill> fills, CancellationToken cancellation)
    {
        if (fills.Count == 0) return [];
        const string sql = """
            INSERT INTO fills (order_id, number, user_id, account_id, symbol, base, quote, side, price, quantity, quote_quantity, fee, fee_asset, maker, cause, created_at)
            SELECT f.order_id, f.number, o.user_id, o.account_id, o.symbol, o.base, o.quote, o.side, f.price, f.quantity, f.quote_quantity, f.fee,
                CASE o.side WHEN 'buy' THEN o.base ELSE o.quote END, f.maker, f.cause::jsonb, f.time
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY
                AS f (order_id, number, price, quantity, quote_quantity, fee, maker, cause, time, position)
            JOIN orders o ON o.id = f.order_id
            ORDER BY f.position
            RETURNING id, order_id, number
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        var add = new ArrayParameters(command.Parameters);
        add.Of(NpgsqlDbType.Bigint, fills, fill => fill.Order.Id);
        add.Of(NpgsqlDbType.Integer, fills, fill => fill.Number);
        add.Of(NpgsqlDbType.Numeric, fills, fill => fill.Fill.Price.Value);
        add.Of(NpgsqlDbType.Numeric, fills, fill => fill.Fill.Quantity.Value);
        add.Of(NpgsqlDbType.Numeric, fills, fill => fill.QuoteQuantity);
        add.Of(NpgsqlDbType.Numeric, fills, fill => fill.Fee);
        add.Of(NpgsqlDbType.Boolean, fills, fill => fill.Fill.Maker);
        add.Of(NpgsqlDbType.Text, fills, fill => FillRow.Stored(fill.Fill.Cause));
        add.Of(NpgsqlDbType.TimestampTz, fills, fill => fill.Time.UtcDateTime);
        var ids = new Dictionary<(long, int), long>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add((reader.GetInt64(1), reader.GetInt32(2)), reader.GetInt64(0));
        return [.. fills.Select(fill => ids[(fill.Order.Id, fill.Number)])];
    }

    /// <summary>One event per fill with the order as it stood then; the last of an order carries its end.</summary>
    private IEnumerable<OutboxMessage> Messages(Settlement settlement, List<long> ids)
    {
        var ends = settlement.Changed.ToDictionary(order => order.Id);
        for (var index = 0; index < settlement.Fills.Count; index++)
        {
            var fill = settlement.Fills[index];
            var last = fill.Number == ends[fill.Order.Id].Fills;
            yield return events.Of(last ? ends[fill.Order.Id] : fill.Order, RowOf(fill, ids[index]), settlement);
        }

        var filled = settlement.Fills.Select(fill => fill.Order.Id).ToHashSet();
        foreach (var order in settlement.Changed.Where(order => !filled.Contains(order.Id))) yield return events.Of(order, null, settlement);
    }

    private static FillRow RowOf(NewFill fill, long id) => new()
    {
        Id = id,
        OrderId = fill.Order.Id,
        Number = fill.Number,
        AccountId = fill.Order.AccountId,
        Symbol = fill.Order.Symbol,
        SideWord = fill.Order.SideWord,
        Price = fill.Fill.Price.Value,
        Quantity = fill.Fill.Quantity.Value,
        QuoteQuantity = fill.QuoteQuantity,
        Fee = fill.Fee,
        FeeAsset = fill.Order.Received.Code,
        Maker = fill.Fill.Maker,
        Cause = FillRow.Stored(fill.Fill.Cause),
        CreatedAt = fill.Time.UtcDateTime,
    };
}
