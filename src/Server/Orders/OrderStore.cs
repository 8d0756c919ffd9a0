using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Lastro.Server.Orders;

/// <summary>Set-based reading, locking and writing of orders' rows.</summary>
internal static class OrderStore
{
    /// <summary>Locks orders by id, with the whole list of each, in the order of their ids.</summary>
    public static async Task<List<OrderRow>> Lock(NpgsqlConnection connection, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {OrderRow.Columns} FROM orders
            WHERE id = ANY (ARRAY(
                SELECT unnest(@Ids) UNION
                SELECT o.id FROM orders l CROSS JOIN LATERAL (SELECT id FROM orders WHERE list_id = l.list_id LIMIT 3) o
                WHERE l.id = ANY (@Ids) AND l.list_id IS NOT NULL))
            ORDER BY id FOR UPDATE
            """;
        var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, new { Ids = ids.ToArray() }, cancellationToken: cancellation));
        return rows.AsList();
    }

    /// <summary>Writes what can change of an order, of all of them at once.</summary>
    public static async Task Update(NpgsqlConnection connection, IReadOnlyCollection<OrderRow> orders, CancellationToken cancellation)
    {
        if (orders.Count == 0) return;
        const string sql = """
            UPDATE orders o SET status = n.status, reason = n.reason, held = n.held, hold_asset = n.hold_asset, hold_amount = n.hold_amount,
                filled_quantity = n.filled, filled_quote = n.filled_quote, fee = n.fee, fills = n.fills, updated_at = n.time,
                price = n.price, quantity = n.quantity, quote_quantity = n.quote_quantity, trigger_price = n.trigger_price,
                trailing_delta = n.trailing_delta, activation_price = n.activation_price, extreme = n.extreme, expires_at = n.expires_at,
                revision = n.revision, fired_by = n.fired_by::jsonb, fired_at = n.fired_at, placed = n.placed::jsonb, wire_id = n.wire_id
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
                AS n (id, status, reason, held, hold_asset, hold_amount, filled, filled_quote, fee, fills, time, price, quantity, quote_quantity,
                    trigger_price, trailing_delta, activation_price, extreme, expires_at, revision, fired_by, fired_at, placed, wire_id)
            WHERE o.id = n.id
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        var add = new ArrayParameters(command.Parameters);
        add.Of(NpgsqlDbType.Bigint, orders, row => row.Id);
        add.Of(NpgsqlDbType.Text, orders, row => row.StatusWord);
        add.Of(NpgsqlDbType.Text, orders, row => row.Reason);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Held);
        add.Of(NpgsqlDbType.Text, orders, row => row.HoldAsset);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.HoldAmount);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.FilledQuantity);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.FilledQuote);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Fee);
        add.Of(NpgsqlDbType.Integer, orders, row => row.Fills);
        add.Of(NpgsqlDbType.TimestampTz, orders, row => row.UpdatedAt);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Price);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Quantity);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.QuoteQuantity);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.TriggerPrice);
        add.Of(NpgsqlDbType.Integer, orders, row => row.TrailingDelta);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.ActivationPrice);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Extreme);
        add.Of(NpgsqlDbType.TimestampTz, orders, row => row.ExpiresAt);
        add.Of(NpgsqlDbType.Integer, orders, row => row.Revision);
        add.Of(NpgsqlDbType.Text, orders, row => row.FiredBy);
        add.Of(NpgsqlDbType.TimestampTz, orders, row => row.FiredAt);
        add.Of(NpgsqlDbType.Text, orders, row => row.Placed);
        add.Of(NpgsqlDbType.Text, orders, row => row.WireId);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The insert of new orders, under ids taken before. One alone comes as plain values: unnesting 33 arrays costs more than the row.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyCollection<OrderRow> orders)
    {
        var command = new NpgsqlBatchCommand("""
            INSERT INTO orders (
                id, user_id, account_id, client_order_id, request_hash, symbol, base, quote, side, type, time_in_force, price, quantity,
                quote_quantity, trigger_price, trailing_delta, activation_price, extreme, post_only, hold_when, expires_at, start_at,
                list_id, leg, model, latency_ms, slippage_bps, status, hold_asset, hold_amount, held, created_at, updated_at,
                wire_id, wire_list_id, wire_tags)
            OVERRIDING SYSTEM VALUE
            """ + (orders.Count == 1 ? " VALUES " : " SELECT * FROM unnest") + """
            (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
                $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)
            """);
        var add = new ArrayParameters(command.Parameters, orders.Count == 1);
        add.Of(NpgsqlDbType.Bigint, orders, row => row.Id);
        add.Of(NpgsqlDbType.Uuid, orders, row => row.UserId);
        add.Of(NpgsqlDbType.Uuid, orders, row => row.AccountId);
        add.Of(NpgsqlDbType.Text, orders, row => row.ClientOrderId);
        add.Of(NpgsqlDbType.Bytea, orders, row => row.RequestHash);
        add.Of(NpgsqlDbType.Text, orders, row => row.Symbol);
        add.Of(NpgsqlDbType.Text, orders, row => row.Base);
        add.Of(NpgsqlDbType.Text, orders, row => row.Quote);
        add.Of(NpgsqlDbType.Text, orders, row => row.SideWord);
        add.Of(NpgsqlDbType.Text, orders, row => row.TypeWord);
        add.Of(NpgsqlDbType.Text, orders, row => row.TimeWord);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Price);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Quantity);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.QuoteQuantity);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.TriggerPrice);
        add.Of(NpgsqlDbType.Integer, orders, row => row.TrailingDelta);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.ActivationPrice);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Extreme);
        add.Of(NpgsqlDbType.Boolean, orders, row => row.PostOnly);
        add.Of(NpgsqlDbType.Text, orders, row => row.HoldWhenWord);
        add.Of(NpgsqlDbType.TimestampTz, orders, row => row.ExpiresAt);
        add.Of(NpgsqlDbType.TimestampTz, orders, row => row.StartAt);
        add.Of(NpgsqlDbType.Bigint, orders, row => row.ListId);
        add.Of(NpgsqlDbType.Text, orders, row => row.LegWord);
        add.Of(NpgsqlDbType.Text, orders, row => row.ModelWord);
        add.Of(NpgsqlDbType.Integer, orders, row => row.LatencyMs);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.SlippageBps);
        add.Of(NpgsqlDbType.Text, orders, row => row.StatusWord);
        add.Of(NpgsqlDbType.Text, orders, row => row.HoldAsset);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.HoldAmount);
        add.Of(NpgsqlDbType.Numeric, orders, row => row.Held);
        add.Of(NpgsqlDbType.TimestampTz, orders, row => row.CreatedAt);
        add.Of(NpgsqlDbType.TimestampTz, orders, row => row.UpdatedAt);
        add.Of(NpgsqlDbType.Text, orders, row => row.WireId);
        add.Of(NpgsqlDbType.Text, orders, row => row.WireListId);
        add.Of(NpgsqlDbType.Jsonb, orders, row => row.WireTags);
        return command;
    }
}

/// <summary>Parameters of rows' columns, by position: an array for each, or the value itself for a single row.</summary>
internal readonly struct ArrayParameters(NpgsqlParameterCollection parameters, bool single = false)
{
    public void Of<TRow, T>(NpgsqlDbType type, IReadOnlyCollection<TRow> rows, Func<TRow, T> value) => parameters.Add(single
        ? new NpgsqlParameter { Value = (object?)value(rows.First()) ?? DBNull.Value, NpgsqlDbType = type }
        : new NpgsqlParameter { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
