using Dapper;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Writes decisions: fills, journals, order states and events in one transaction, under the orders' row locks.</summary>
internal sealed class FillWriter(NpgsqlDataSource database, OrderMailbox mailbox, OrderEvents events, OutboxPump pump, IOptions<OrdersOptions> options)
{
    public int BatchSize => options.Value.BatchSize;

    /// <summary>Writes what still counts. A decision on an order that has ended meanwhile, or that was written already, is dropped.</summary>
    public async Task Write(IReadOnlyList<Decision> decisions, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var stored = await Lock(connection, decisions, cancellation);
        var settlement = new Settlement(options.Value.Fees);
        var dropped = new List<OrderRow>();
        foreach (var decision in decisions)
        {
            // An order that cannot be found was never committed: its decision is nobody's.
            if (stored.TryGetValue(decision.OrderId, out var order) && !settlement.Apply(order, decision)) dropped.Add(order);
        }

        if (settlement.Changed.Count > 0)
        {
            var ids = await InsertFills(connection, settlement.Fills, cancellation);
            await UpdateOrders(connection, settlement.Changed, cancellation);
            await WalletsRoom.Post(connection, settlement.Journals(ids), cancellation);
            await OutboxLog.Append(connection, transaction, [.. Messages(settlement, ids)], cancellation);
        }

        await transaction.CommitAsync(cancellation);
        pump.Wake();
        foreach (var order in settlement.Changed.Concat(dropped).Where(order => !order.IsOpen)) mailbox.Ended(order);
    }

    private static async Task<Dictionary<long, OrderRow>> Lock(NpgsqlConnection connection, IReadOnlyList<Decision> decisions, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE id = ANY (@Ids) ORDER BY id FOR UPDATE";
        var ids = decisions.Select(decision => decision.OrderId).Distinct().ToArray();
        var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, new { Ids = ids }, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Id);
    }

    private static async Task<List<long>> InsertFills(NpgsqlConnection connection, IReadOnlyList<NewFill> fills, CancellationToken cancellation)
    {
        if (fills.Count == 0) return [];
        const string sql = """
            INSERT INTO fills (order_id, number, user_id, account_id, symbol, base, quote, side, price, quantity, quote_quantity, fee, fee_asset, maker, cause, created_at)
            SELECT f.order_id, f.number, o.user_id, o.account_id, o.symbol, o.base, o.quote, o.side, f.price, f.quantity, f.quote_quantity, f.fee,
                CASE o.side WHEN 'buy' THEN o.base ELSE o.quote END, f.maker, f.cause::jsonb, f.time
            FROM unnest(@Orders, @Numbers, @Prices, @Quantities, @Quotes, @Fees, @Makers, @Causes, @Times) WITH ORDINALITY
                AS f (order_id, number, price, quantity, quote_quantity, fee, maker, cause, time, position)
            JOIN orders o ON o.id = f.order_id
            ORDER BY f.position
            RETURNING id, order_id, number
            """;
        var parameters = new
        {
            Orders = fills.Select(fill => fill.Order.Id).ToArray(),
            Numbers = fills.Select(fill => fill.Number).ToArray(),
            Prices = fills.Select(fill => fill.Fill.Price.Value).ToArray(),
            Quantities = fills.Select(fill => fill.Fill.Quantity.Value).ToArray(),
            Quotes = fills.Select(fill => fill.QuoteQuantity).ToArray(),
            Fees = fills.Select(fill => fill.Fee).ToArray(),
            Makers = fills.Select(fill => fill.Fill.Maker).ToArray(),
            Causes = fills.Select(fill => FillRow.Stored(fill.Fill.Cause)).ToArray(),
            Times = fills.Select(fill => fill.Time.UtcDateTime).ToArray(),
        };
        var rows = await connection.QueryAsync<(long Id, long Order, int Number)>(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        var ids = rows.ToDictionary(row => (row.Order, row.Number), row => row.Id);
        return [.. fills.Select(fill => ids[(fill.Order.Id, fill.Number)])];
    }

    private static Task<int> UpdateOrders(NpgsqlConnection connection, IReadOnlyCollection<OrderRow> orders, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE orders o SET status = n.status, reason = nullif(n.reason, ''), held = n.held, filled_quantity = n.filled,
                filled_quote = n.filled_quote, fee = n.fee, fills = n.fills, updated_at = n.time
            FROM unnest(@Ids, @Statuses, @Reasons, @Held, @Filled, @Quotes, @Fees, @Fills, @Times)
                AS n (id, status, reason, held, filled, filled_quote, fee, fills, time)
            WHERE o.id = n.id
            """;
        var parameters = new
        {
            Ids = orders.Select(order => order.Id).ToArray(),
            Statuses = orders.Select(order => order.StatusWord).ToArray(),
            Reasons = orders.Select(order => order.Reason ?? "").ToArray(),
            Held = orders.Select(order => order.Held).ToArray(),
            Filled = orders.Select(order => order.FilledQuantity).ToArray(),
            Quotes = orders.Select(order => order.FilledQuote).ToArray(),
            Fees = orders.Select(order => order.Fee).ToArray(),
            Fills = orders.Select(order => order.Fills).ToArray(),
            Times = orders.Select(order => order.UpdatedAt).ToArray(),
        };
        return connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
    }

    /// <summary>One event per fill with the order as it stood then; the last of an order carries its end.</summary>
    private IEnumerable<OutboxMessage> Messages(Settlement settlement, List<long> ids)
    {
        var ends = settlement.Changed.ToDictionary(order => order.Id);
        for (var index = 0; index < settlement.Fills.Count; index++)
        {
            var fill = settlement.Fills[index];
            var last = fill.Number == ends[fill.Order.Id].Fills;
            yield return events.Of(last ? ends[fill.Order.Id] : fill.Order, RowOf(fill, ids[index]));
        }

        var filled = settlement.Fills.Select(fill => fill.Order.Id).ToHashSet();
        foreach (var order in settlement.Changed.Where(order => !filled.Contains(order.Id))) yield return events.Of(order, null);
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
