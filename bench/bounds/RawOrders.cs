using Npgsql;
using NpgsqlTypes;

namespace Lastro.Bounds;

/// <summary>
/// Writes exactly the rows of accepted limit orders, order, journal, two postings, balance and event, in hand-written SQL: nothing is checked,
/// nothing is looked up, nobody is told.
/// </summary>
internal sealed class RawOrders(NpgsqlDataSource database, IReadOnlyList<(Guid User, Guid Account)> owners)
{
    private static readonly string Payload = $$"""{"order":{{{string.Concat(Enumerable.Repeat("\"field\":\"0.00000001\",", 34))}}"last":null},"fill":null}""";
    private long _number;

    /// <summary>One transaction of so many orders.</summary>
    public async Task Write(int count)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var ids = new long[count];
        await using (var next = new NpgsqlCommand("SELECT nextval('orders_id_seq') FROM generate_series(1, $1)", connection, transaction))
        {
            next.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
            await using var reader = await next.ExecuteReaderAsync();
            for (var place = 0; await reader.ReadAsync(); place++) ids[place] = reader.GetInt64(0);
        }

        var picked = ids.Select(_ => owners[(int)(_number++ % owners.Count)]).ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Orders(ids, picked));
        batch.BatchCommands.Add(Journals(ids, picked));
        batch.BatchCommands.Add(Events(picked));
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private NpgsqlBatchCommand Orders(long[] ids, (Guid User, Guid Account)[] owners)
    {
        var command = new NpgsqlBatchCommand("""
            INSERT INTO orders (id, user_id, account_id, client_order_id, request_hash, symbol, base, quote, side, type, time_in_force, price, quantity, status,
                hold_asset, hold_amount, held, created_at, updated_at)
            OVERRIDING SYSTEM VALUE
            SELECT id, "user", account, key, '\x0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10', 'BTCUSDT', 'BTC', 'USDT', 'buy', 'limit', 'gtc', 1000, 0.006, 'new',
                'USDT', 6, 6, now(), now()
            FROM unnest($1, $2, $3, $4) AS n (id, "user", account, key)
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. owners.Select(owner => owner.User)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. owners.Select(owner => owner.Account)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Select(_ => Guid.NewGuid().ToString())] });
        return command;
    }

    private static NpgsqlBatchCommand Journals(long[] ids, (Guid User, Guid Account)[] owners)
    {
        var command = new NpgsqlBatchCommand("""
            WITH written AS (
                INSERT INTO journals (business_key, kind, created_at, order_id)
                SELECT 'hold:' || id, 'hold', now(), id FROM unnest($1) AS n (id) RETURNING id, order_id)
            INSERT INTO postings (journal_id, line, account_id, asset, bucket, amount)
            SELECT w.id, l.line, n.account, 'USDT', l.bucket, l.amount
            FROM unnest($1, $2) AS n (id, account) JOIN written w ON w.order_id = n.id,
                (VALUES (1::smallint, 'available', -6::numeric), (2::smallint, 'held', 6::numeric)) AS l (line, bucket, amount)
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. owners.Select(owner => owner.Account)] });
        return command;
    }

    private static NpgsqlBatchCommand Events((Guid User, Guid Account)[] owners)
    {
        var command = new NpgsqlBatchCommand("INSERT INTO outbox (topic, user_id, account_id, payload, delivered_at) SELECT 'orders', u, a, p, now() FROM unnest($1, $2, $3) AS n (u, a, p)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. owners.Select(owner => owner.User)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. owners.Select(owner => owner.Account)] });
        command.Parameters.Add(new NpgsqlParameter { Value = owners.Select(_ => Payload).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        return command;
    }
}
