using Dapper;
using Lastro.Core.Ledger;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Which orders of a user to end: one by id, or all open ones of an account and maybe a pair.</summary>
internal sealed record EndingWish(UserId User, long? Order = null, Guid? Account = null, string? Symbol = null)
{
    /// <summary>What Binance's wire calls the cancel.</summary>
    public string? CancelId { get; init; }

    /// <summary>Only one of which a part is filled, or only one of which none is.</summary>
    public bool? PartFilled { get; init; }
}

/// <summary>Cancels orders: state, release and events in one transaction, under the orders' row locks. A fill decided meanwhile is dropped.</summary>
internal sealed class OrderEnding(NpgsqlDataSource database, OrderLanes lanes, FillWriter fills, OrderEvents events, OutboxPump pump)
{
    /// <summary>Orders ended in one transaction.</summary>
    public const int Batch = 500;

    /// <param name="Canceled">Ended by this call; the one asked for first.</param>
    /// <param name="AlreadyFinal">The order asked for by id, when it had ended before.</param>
    public sealed record Ended(IReadOnlyList<OrderRow> Canceled, OrderRow? AlreadyFinal);

    public async Task<Ended> Cancel(EndingWish wish, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (found, settlement) = await End(connection, wish, cancellation);
        if (settlement.Changed.Count == 0) return new Ended([], found.FirstOrDefault(row => row.Id == wish.Order));

        await fills.Store(connection, transaction, settlement, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await Tell(settlement.Changed);
        return new Ended([.. settlement.Changed.Where(row => !row.IsOpen).OrderByDescending(row => row.Id == wish.Order).ThenBy(row => row.Id)], null);
    }

    /// <summary>Ends all open orders of an account in the caller's transaction. The caller posts the releases and tells after the commit.</summary>
    public async Task<(IReadOnlyList<OrderRow> Orders, IReadOnlyList<Journal> Releases)> CancelAll(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EndingWish wish, CancellationToken cancellation)
    {
        var orders = new List<OrderRow>();
        var releases = new List<Journal>();
        while (true)
        {
            var (_, settlement) = await End(connection, wish, cancellation);
            if (settlement.Changed.Count == 0) return (orders, releases);
            await OrderStore.Update(connection, settlement.Changed, cancellation);
            await OutboxLog.Append(connection, transaction, [.. settlement.Changed.Select(row => events.Of(row, null, settlement))], cancellation);
            orders.AddRange(settlement.Changed.Where(row => !row.IsOpen));
            releases.AddRange(settlement.AllJournals([]));
        }
    }

    /// <summary>After the commit: whoever waits for these orders hears of their end, and their lanes forget them. A list's orders that stay open begin anew.</summary>
    public async Task Tell(IReadOnlyCollection<OrderRow> changed)
    {
        pump.Wake();
        foreach (var row in changed) await (row.IsOpen ? lanes.Adopt(row) : lanes.Forget(row));
    }

    private async Task<(List<OrderRow> Found, Settlement Settlement)> End(NpgsqlConnection connection, EndingWish wish, CancellationToken cancellation)
    {
        var ids = await Find(connection, wish, cancellation);
        var found = await OrderStore.Lock(connection, ids, cancellation);
        var settlement = fills.Settle(found, new Funds(), wish.CancelId);
        foreach (var id in ids.Where(id => found.Any(row => row.Id == id && (wish.PartFilled is null || wish.PartFilled == row.Fills > 0)))) _ = settlement.Cancel(id, lanes.Now);
        return (found, settlement);
    }

    private static async Task<List<long>> Find(NpgsqlConnection connection, EndingWish wish, CancellationToken cancellation)
    {
        const string one = "SELECT id FROM orders WHERE id = @Order AND user_id = @User";
        const string many = $"""
            SELECT id FROM orders
            WHERE account_id = @Account AND user_id = @User AND {OrderRow.OpenSql} AND (@Symbol::text IS NULL OR symbol = @Symbol)
            ORDER BY id LIMIT @Batch
            """;
        var parameters = new { wish.Order, wish.Account, wish.Symbol, User = wish.User.Value, Batch };
        var rows = await connection.QueryAsync<long>(new CommandDefinition(wish.Order is null ? many : one, parameters, cancellationToken: cancellation));
        return rows.AsList();
    }
}
