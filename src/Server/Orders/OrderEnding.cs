using Dapper;
using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Which orders of a user to end: one by id, or all open ones of an account and maybe a pair.</summary>
internal sealed record EndingWish(UserId User, long? Order = null, Guid? Account = null, string? Symbol = null);

/// <summary>Cancels orders: state, release and events in one transaction, under the orders' row locks. A fill decided meanwhile is dropped.</summary>
internal sealed class OrderEnding(NpgsqlDataSource database, MarketLanes lanes, OrdersStage stage, OrderMailbox mailbox, OrderEvents events, OutboxPump pump)
{
    /// <summary>Orders ended in one transaction.</summary>
    public const int Batch = 500;

    /// <param name="Canceled">Ended by this call.</param>
    /// <param name="AlreadyFinal">The order asked for by id, when it had ended before.</param>
    public sealed record Ended(IReadOnlyList<OrderRow> Canceled, OrderRow? AlreadyFinal);

    public async Task<Ended> Cancel(EndingWish wish, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var found = await Lock(connection, wish, cancellation);
        var open = found.Where(row => row.IsOpen).ToList();
        if (open.Count == 0) return new Ended([], found.Count == 1 ? found[0] : null);

        var ended = await End(connection, transaction, open, cancellation);
        await WalletsRoom.Post(connection, ended.Releases, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await Tell(ended.Orders);
        return new Ended(ended.Orders, null);
    }

    /// <summary>Ends all open orders of an account in the caller's transaction. The caller posts the releases and tells after the commit.</summary>
    public async Task<(IReadOnlyList<OrderRow> Orders, IReadOnlyList<Journal> Releases)> CancelAll(
        NpgsqlConnection connection, NpgsqlTransaction transaction, EndingWish wish, CancellationToken cancellation)
    {
        var orders = new List<OrderRow>();
        var releases = new List<Journal>();
        while (true)
        {
            var open = await Lock(connection, wish, cancellation);
            if (open.Count == 0) return (orders, releases);
            var ended = await End(connection, transaction, open, cancellation);
            orders.AddRange(ended.Orders);
            releases.AddRange(ended.Releases);
        }
    }

    /// <summary>After the commit: whoever waits for these orders hears of their end, and their lanes forget them.</summary>
    public async Task Tell(IReadOnlyList<OrderRow> canceled)
    {
        pump.Wake();
        foreach (var row in canceled)
        {
            mailbox.Ended(row);
            if (lanes.Find(new Symbol(row.Symbol)) is { } lane) await lane.Post(own => stage.Of(own).Withdraw(row.Id), CancellationToken.None);
        }
    }

    private async Task<(List<OrderRow> Orders, List<Journal> Releases)> End(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<OrderRow> open, CancellationToken cancellation)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(lanes.Feed.NowMs);
        var canceled = open.ConvertAll(row => row with { StatusWord = OrderWords.Of(OrderStatus.Canceled), Held = 0m, UpdatedAt = Later(now, row) });
        await Update(connection, canceled, cancellation);
        await OutboxLog.Append(connection, transaction, [.. canceled.Select(row => events.Of(row, null))], cancellation);
        var releases = open.Where(row => row.Held > 0m)
            .Select(row => Journals.Release(row.Id, row.AccountId, new Money(row.Held, new Asset(row.HoldAsset)), now)).ToList();
        return (canceled, releases);
    }

    private static DateTime Later(DateTimeOffset now, OrderRow row) => now.UtcDateTime > row.UpdatedAt ? now.UtcDateTime : row.UpdatedAt;

    private static async Task<List<OrderRow>> Lock(NpgsqlConnection connection, EndingWish wish, CancellationToken cancellation)
    {
        const string one = $"SELECT {OrderRow.Columns} FROM orders WHERE id = @Order AND user_id = @User FOR UPDATE";
        const string many = $"""
            SELECT {OrderRow.Columns} FROM orders
            WHERE account_id = @Account AND user_id = @User AND status IN ('new', 'partiallyFilled') AND (@Symbol::text IS NULL OR symbol = @Symbol)
            ORDER BY id LIMIT @Batch FOR UPDATE
            """;
        var parameters = new { wish.Order, wish.Account, wish.Symbol, User = wish.User.Value, Batch };
        var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(wish.Order is null ? many : one, parameters, cancellationToken: cancellation));
        return rows.AsList();
    }

    private static Task<int> Update(NpgsqlConnection connection, List<OrderRow> orders, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE orders o SET status = 'canceled', held = 0, updated_at = n.time
            FROM unnest(@Ids, @Times) AS n (id, time) WHERE o.id = n.id
            """;
        var parameters = new { Ids = orders.Select(row => row.Id).ToArray(), Times = orders.Select(row => row.UpdatedAt).ToArray() };
        return connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
    }
}
