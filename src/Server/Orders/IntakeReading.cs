using Dapper;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>What a batch of commands is decided on, read in one round trip under the locks of accounts and balances.</summary>
internal sealed class IntakeReading
{
    private readonly Queue<long> _ids = new();

    /// <summary>Orders of these accounts and keys, as accepted before.</summary>
    public Dictionary<(Guid Account, string Key), OrderRow> Known { get; } = [];

    /// <summary>Names of the wire that an open order of the account has, as far as this batch asks for them; also those given in it.</summary>
    public HashSet<(Guid Account, string Name)> WireIds { get; } = [];

    /// <summary>Likewise of lists.</summary>
    public HashSet<(Guid Account, string Name)> WireListIds { get; } = [];

    public Funds Funds { get; } = new();

    /// <summary>The next free order id.</summary>
    public long NextId() => _ids.Dequeue();

    /// <summary>An order id that was drawn for this batch.</summary>
    public void Drawn(long id) => _ids.Enqueue(id);

    public static async Task<IntakeReading> Read(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PlaceCommand> batch, CancellationToken cancellation)
    {
        var reading = new IntakeReading();
        var wanted = batch.SelectMany(command => command.Orders.Select(order => (command.Account, order.Hold.Asset.Code)).DefaultIfEmpty((command.Account, "-")))
            .Distinct().ToList();
        var count = batch.Sum(command => command.Orders.Count);
        // Also the keys that a list's other orders would get: one of them may be somebody's own.
        var keys = batch.SelectMany(command => Enumerable.Range(0, Math.Max(1, command.Orders.Count)).Select(place => (command.Account, Key: OrderKeys.OfLeg(command.Key, place)))).ToList();
        await using var commands = new NpgsqlBatch(connection, transaction);
        // A plan made anew for each array costs more than running it; those of this transaction are the same for every array.
        commands.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL plan_cache_mode TO force_generic_plan"));
        commands.BatchCommands.Add(Funds.Command(wanted));
        commands.BatchCommands.Add(Batched(
            // One look into the index for each key, whatever the planner thinks of the table's size; LIMIT keeps it from thinking again.
            $"""
            SELECT o.* FROM unnest($1, $2) AS k (account, key)
            CROSS JOIN LATERAL (SELECT {OrderRow.Columns} FROM orders WHERE account_id = k.account AND client_order_id = k.key LIMIT 1) o
            """,
            new NpgsqlParameter<Guid[]> { TypedValue = [.. keys.Select(key => key.Account)] },
            new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(key => key.Key)] }));
        commands.BatchCommands.Add(Batched(
            "SELECT nextval('orders_id_seq') FROM generate_series(1, $1)", new NpgsqlParameter<int> { TypedValue = count }));
        var (names, lists) = Names(batch);
        if (names.Count > 0) commands.BatchCommands.Add(InUse("wire_id", names));
        if (lists.Count > 0) commands.BatchCommands.Add(InUse("wire_list_id", lists));
        await using var reader = await commands.ExecuteReaderAsync(cancellation);
        await reading.Funds.Read(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        if (await reader.ReadAsync(cancellation))
        {
            var parse = reader.GetRowParser<OrderRow>();
            do
            {
                var row = parse(reader);
                reading.Known[(row.AccountId, row.ClientOrderId)] = row;
            }
            while (await reader.ReadAsync(cancellation));
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) reading.Drawn(reader.GetInt64(0));
        if (names.Count > 0) await ReadNames(reader, reading.WireIds, cancellation);
        if (lists.Count > 0) await ReadNames(reader, reading.WireListIds, cancellation);
        await reader.DisposeAsync();
        await reading.AddLists(connection, cancellation);
        return reading;
    }

    private static (List<(Guid Account, string Name)> Orders, List<(Guid Account, string Name)> Lists) Names(IReadOnlyList<PlaceCommand> batch)
    {
        var (orders, lists) = (new List<(Guid, string)>(), new List<(Guid, string)>());
        foreach (var command in batch)
        {
            if (command.WireListId is { } list) lists.Add((command.Account, list));
            foreach (var order in command.Orders)
            {
                if (order.WireId is { } name) orders.Add((command.Account, name));
            }
        }

        return (orders, lists);
    }

    // One look into the index for each name, as above. It looks at the latest that had it: the unique index finds one that was renamed to it since.
    private static NpgsqlBatchCommand InUse(string column, List<(Guid Account, string Name)> names) => Batched(
        $"""
        SELECT k.account, k.name FROM unnest($1, $2) AS k (account, name)
        CROSS JOIN LATERAL (SELECT status FROM orders WHERE account_id = k.account AND {column} = k.name ORDER BY id DESC LIMIT 3) o
        WHERE {OrderRow.OpenSql}
        """,
        new NpgsqlParameter<Guid[]> { TypedValue = [.. names.Select(pair => pair.Account)] },
        new NpgsqlParameter<string[]> { TypedValue = [.. names.Select(pair => pair.Name)] });

    private static async Task ReadNames(NpgsqlDataReader reader, HashSet<(Guid Account, string Name)> into, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) into.Add((reader.GetGuid(0), reader.GetString(1)));
    }

    /// <summary>The rest of the lists of what was accepted before; seldom needed.</summary>
    private async Task AddLists(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var lists = Known.Values.Where(row => row.ListId is not null).Select(row => row.ListId!.Value).Distinct().ToArray();
        if (lists.Length == 0) return;
        const string sql = $"""
            SELECT o.* FROM unnest(@lists) AS l (id)
            CROSS JOIN LATERAL (SELECT {OrderRow.Columns} FROM orders WHERE list_id = l.id LIMIT 3) o
            """;
        foreach (var row in await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, new { lists }, cancellationToken: cancellation)))
            Known[(row.AccountId, row.ClientOrderId)] = row;
    }

    private static NpgsqlBatchCommand Batched(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }
}
