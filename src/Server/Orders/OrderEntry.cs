using Dapper;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Outbox;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>An order about to be inserted.</summary>
internal sealed record NewOrder(UserId User, ParsedOrder Order, Instrument Instrument, Money Hold, DateTimeOffset Now);

/// <summary>The steps of an order's way in that touch the database and the lane.</summary>
internal sealed class OrderEntry(NpgsqlDataSource database, MarketLanes lanes, OrdersStage stage, OrderRescue rescue, OrderEvents events, OutboxPump pump)
{
    /// <summary>The pair's lane; null for a pair the source does not have.</summary>
    public SymbolLane? Lane(Symbol symbol) => lanes.Find(symbol);

    /// <summary>The order with this account and key; null when there is none of this user.</summary>
    public Task<OrderRow?> Find(NpgsqlConnection connection, UserId user, ParsedOrder order, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE account_id = @Account AND client_order_id = @Key AND user_id = @User";
        return connection.QuerySingleOrDefaultAsync<OrderRow>(
            new CommandDefinition(sql, new { order.Account, order.Key, User = user.Value }, cancellationToken: cancellation));
    }

    /// <summary>The order's row as it is now.</summary>
    public async Task<OrderRow?> Read(long id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE id = @id";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<OrderRow>(new CommandDefinition(sql, new { id }, cancellationToken: cancellation));
    }

    /// <summary>Inserts it; null when the key is taken. A rival with the same key that has not committed yet is waited for.</summary>
    public Task<OrderRow?> Insert(NpgsqlConnection connection, NewOrder order, CancellationToken cancellation)
    {
        const string sql = $"""
            INSERT INTO orders (user_id, account_id, client_order_id, request_hash, symbol, base, quote, side, type, time_in_force,
                price, quantity, quote_quantity, status, hold_asset, hold_amount, held, created_at, updated_at)
            VALUES (@User, @Account, @Key, @Hash, @Symbol, @Base, @Quote, @Side, @Type, @TimeInForce,
                @Price, @Quantity, @QuoteQuantity, 'new', @HoldAsset, @Hold, @Hold, @Now, @Now)
            ON CONFLICT (account_id, client_order_id) DO NOTHING
            RETURNING {OrderRow.Columns}
            """;
        var terms = order.Order.Terms;
        var parameters = new
        {
            User = order.User.Value,
            order.Order.Account,
            order.Order.Key,
            Hash = order.Order.Hash(),
            Symbol = order.Instrument.Symbol.Value,
            Base = order.Instrument.Base.Code,
            Quote = order.Instrument.Quote.Code,
            Side = OrderWords.Of(terms.Side),
            Type = OrderWords.Of(terms.Type),
            order.Order.TimeInForce,
            terms.Price,
            terms.Quantity,
            terms.QuoteQuantity,
            HoldAsset = order.Hold.Asset.Code,
            Hold = order.Hold.Amount,
            Now = order.Now.UtcDateTime,
        };
        return connection.QuerySingleOrDefaultAsync<OrderRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
    }

    public Task<Estimate?> Estimate(SymbolLane lane, OrderTerms terms, CancellationToken cancellation) =>
        lane.Ask(own => stage.Of(own).Estimate(terms), cancellation);

    /// <summary>Puts the order into the outbox of its transaction.</summary>
    public Task Tell(NpgsqlConnection connection, NpgsqlTransaction transaction, OrderRow row, CancellationToken cancellation) =>
        OutboxLog.Append(connection, transaction, [events.Of(row, null)], cancellation);

    /// <summary>Commits. When the connection breaks in the middle, the outcome is looked up until it is known: an order must not sit unseen.</summary>
    public async Task Commit(NpgsqlTransaction transaction, OrderRow row, SymbolLane lane)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            rescue.LookUp(row.Id, lane);
            throw;
        }
    }

    /// <summary>Gives a committed order to its lane, and wakes the outbox.</summary>
    public async Task GiveToLane(SymbolLane lane, OrderRow row)
    {
        pump.Wake();
        await lane.Post(own => stage.Of(own).Arrive(row.Working()));
    }
}
