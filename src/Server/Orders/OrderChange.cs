using Lastro.Core;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Changes one open order for its owner: lock, decide, write, commit, tell the lane. What a lane decided on the older terms no longer counts.</summary>
internal sealed class OrderChange(NpgsqlDataSource database, OrderLanes lanes, FillWriter fills, OutboxPump pump)
{
    /// <param name="user">The owner.</param>
    /// <param name="id">The order.</param>
    /// <param name="change">Decides on the locked row; gives why it is refused, or null.</param>
    /// <param name="cancellation">Ends it before the commit.</param>
    public async Task<(OrderRow? Order, Refused? Refused)> Apply(
        UserId user, long id, Func<OrderRow, Settlement, Funds, DateTimeOffset, Refused?> change, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var rows = await OrderStore.Lock(connection, [id], cancellation);
        if (rows.Find(row => row.Id == id && row.UserId == user.Value) is not { } order) return (null, new Refused(ErrorCode.NotFound));
        var funds = await Funds.Lock(connection, [(order.AccountId, order.Base), (order.AccountId, order.Quote)], cancellation);
        var settlement = fills.Settle(rows, funds);
        if (change(order, settlement, funds, lanes.Now) is { } refused) return (null, refused);
        await fills.Store(connection, transaction, settlement, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        pump.Wake();
        foreach (var row in settlement.Changed) await lanes.Adopt(row);
        return (settlement.Changed.FirstOrDefault(row => row.Id == id) ?? order, null);
    }

    /// <summary>The refusal of an event that the closed table does not name for this state.</summary>
    public static Refused Impossible(OrderRow order, string what) => order.IsOpen || order.Status == OrderStatus.Failed
        ? new Refused(ErrorCode.InvalidField, "status", order.StatusWord, Detail: $"An order in this state cannot be {what}.")
        : new Refused(ErrorCode.AlreadyFinal, "status", order.StatusWord, Detail: "The order has ended before.");

    public static Refused Short(Money need, Funds funds, Guid account) => OrderRefusals.NoFunds(need, funds.Available(account, need.Asset));
}
