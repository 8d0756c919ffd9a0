using Dapper;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Reads an account's fills of one pair.</summary>
internal static class TradeHistory
{
    public static async Task<IReadOnlyList<Trade>> Read(NpgsqlDataSource database, TradeWish wish, CancellationToken cancellation)
    {
        // The base asset for the index; a limit from the old end where a beginning is named, else from the new end.
        const string chosen = """
            SELECT f.id, f.order_id, o.list_id, trim_scale(f.price) AS price, trim_scale(f.quantity) AS quantity, trim_scale(f.quote_quantity) AS quote_quantity,
                trim_scale(f.fee) AS fee, f.fee_asset, f.created_at, f.side = 'buy' AS buys, f.maker
            FROM fills f JOIN orders o ON o.id = f.order_id
            WHERE f.account_id = @Account AND f.base = @Base AND f.symbol = @Symbol
                AND (@Order::bigint IS NULL OR f.order_id = @Order) AND (@FromId::bigint IS NULL OR f.id >= @FromId)
                AND (@From::timestamptz IS NULL OR f.created_at >= @From) AND (@Until::timestamptz IS NULL OR f.created_at <= @Until)
            """;
        const string columns = """
            id AS Id, order_id AS OrderId, list_id AS ListId, price AS Price, quantity AS Quantity, quote_quantity AS QuoteQuantity,
            fee AS Fee, fee_asset AS FeeAsset, created_at AS Time, buys AS Buys, maker AS Maker
            """;
        var oldest = wish.FromId is not null || wish.From is not null;
        var sql = oldest
            ? $"SELECT {columns} FROM ({chosen} ORDER BY f.id LIMIT @Limit) AS chosen ORDER BY id"
            : $"SELECT {columns} FROM ({chosen} ORDER BY f.id DESC LIMIT @Limit) AS chosen ORDER BY id";
        var parameters = new
        {
            wish.Account,
            wish.Base,
            wish.Symbol,
            wish.Order,
            wish.FromId,
            wish.Limit,
            From = wish.From?.UtcDateTime,
            Until = wish.Until?.UtcDateTime,
        };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<Trade>(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        return rows.AsList();
    }
}
