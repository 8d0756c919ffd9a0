using Dapper;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Looks orders of an account up as Binance's wire asks for them. Every query carries the account.</summary>
internal sealed class FindByWire(NpgsqlDataSource database)
{
    /// <summary>Whether another of its list acted is told by the list.</summary>
    private const string Read = $"""
        SELECT {OrderRow.Columns},
            coalesce(reason = 'sibling', false) AND EXISTS (
                SELECT 1 FROM orders s WHERE s.list_id = o.list_id AND s.id <> o.id AND s.leg <> 'entry'
                    AND (s.fills > 0 OR s.fired_at IS NOT NULL OR s.status = 'expired')) AS SiblingActed
        FROM orders o
        """;

    public async Task<OrderFacts?> One(WireOrderKey key, CancellationToken cancellation)
    {
        const string byId = $"{Read} WHERE id = @Id AND account_id = @Account";

        // A name of another way in is unique for ever; one of the wire is the latest's.
        const string byName = $"""
            {Read} WHERE id = (
                SELECT max(id) FROM (
                    (SELECT id FROM orders WHERE account_id = @Account AND wire_id = @Name AND symbol = @Symbol ORDER BY id DESC LIMIT 1)
                    UNION ALL
                    SELECT id FROM orders WHERE account_id = @Account AND client_order_id = @Name AND wire_id IS NULL) AS named (id))
            """;
        var row = await Single(key.Id is null ? byName : byId, key, cancellation);
        if (row is null || row.Symbol != key.Symbol) return null;
        var facts = FactsOf.Row(row);
        return key.Name is null || facts.Name == key.Name ? facts : null;
    }

    public async Task<IReadOnlyList<OrderFacts>> List(WireOrderKey key, CancellationToken cancellation)
    {
        const string byId = $"{Read} WHERE list_id = @Id AND account_id = @Account ORDER BY id";
        const string byName = $"""
            {Read} WHERE account_id = @Account AND list_id = (
                SELECT max(list_id) FROM (
                    (SELECT list_id FROM orders WHERE account_id = @Account AND wire_list_id = @Name ORDER BY id DESC LIMIT 1)
                    UNION ALL
                    SELECT list_id FROM orders WHERE account_id = @Account AND client_order_id = @Name AND wire_list_id IS NULL) AS named (list_id))
            ORDER BY id
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<OrderRow>(
            new CommandDefinition(key.Id is null ? byName : byId, new { key.Id, key.Account, key.Name }, cancellationToken: cancellation));
        var facts = rows.Select(FactsOf.Row).ToList();
        if (facts.Count == 0 || (key.Symbol.Length > 0 && facts[0].Symbol != key.Symbol)) return [];
        return key.Name is null || facts[0].ListName == key.Name ? facts : [];
    }

    public async Task<IReadOnlyList<OrderFacts>> Many(WireOrderSpan span, CancellationToken cancellation)
    {
        // From an id or a time upwards, else the latest; always told by id upwards. Where lists are asked for, the limit counts lists.
        var upwards = span.FromId is not null || span.From is not null;
        var sql = $"""
            {Read} WHERE {(span.Lists ? "list_id" : "id")} = ANY (ARRAY(
                SELECT {(span.Lists ? "list_id" : "id")} FROM orders
                WHERE user_id = @User AND account_id = @Account AND (@Symbol::text IS NULL OR symbol = @Symbol)
                    {(span.OpenOnly ? $"AND {OrderRow.OpenSql}" : "")} {(span.Lists ? span.OpenOnly ? "AND list_id IS NOT NULL" : "AND list_id = id" : "")}
                    {(span.FromId is null ? "" : "AND id >= @FromId")}
                    {(span.From is null ? "" : "AND created_at >= @From")} {(span.To is null ? "" : "AND created_at <= @To")}
                ORDER BY id {(upwards ? "" : "DESC")} LIMIT @Limit))
            ORDER BY id
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var parameters = new { User = span.User.Value, span.Account, span.Symbol, span.FromId, From = span.From?.UtcDateTime, To = span.To?.UtcDateTime, span.Limit };
        var rows = (await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
        return [.. rows.Select(FactsOf.Row)];
    }

    /// <summary>An order's fills, first to last.</summary>
    public async Task<IReadOnlyList<FillFacts>> FillsOf(long order, CancellationToken cancellation)
    {
        const string sql = $"SELECT {FillRow.Columns} FROM fills WHERE order_id = @order ORDER BY number";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<FillRow>(new CommandDefinition(sql, new { order }, cancellationToken: cancellation));
        return [.. rows.Select(FactsOf.Fill)];
    }

    private async Task<OrderRow?> Single(string sql, WireOrderKey key, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<OrderRow>(
            new CommandDefinition(sql, new { key.Id, key.Account, key.Name, key.Symbol }, cancellationToken: cancellation));
    }
}
