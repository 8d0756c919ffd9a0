using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Core.Orders;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Wallets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>
/// Accepts an order: measured against the pair, its money held and its row inserted in one transaction, then given to the pair's lane.
/// The same key with the same body gives the same answer for ever; a market order's answer waits for its outcome.
/// </summary>
internal sealed class PlaceOrder(
    NpgsqlDataSource database, MarketsRoom markets, MarketLanes lanes, OrderMailbox mailbox, OrderEntry entry, IOptions<OrdersOptions> options, TimeProvider clock)
{
    private const string IdempotencyHeader = "Idempotency-Key";
    private static readonly TimeSpan LanePatience = TimeSpan.FromSeconds(2);

    public static async Task<Results<Created<OrderView>, ProblemHttpResult>> Route(OrderRequest body, PlaceOrder verb, HttpContext context)
    {
        var key = context.Request.Headers[IdempotencyHeader].FirstOrDefault();
        var (order, refused) = await verb.Handle(body, key, UserId.Of(context.User), context.RequestAborted);
        return order is null
            ? Problems.Result(refused!, context.Response)
            : TypedResults.Created($"/api/v1/orders/{order.Id}", order);
    }

    public async Task<(OrderView? Order, Refused? Refused)> Handle(OrderRequest body, string? headerKey, UserId user, CancellationToken cancellation)
    {
        var (parsed, refused) = ParsedOrder.Read(body, headerKey, clock.GetUtcNow());
        if (parsed is null) return (null, refused);
        if (!mailbox.TryEnter()) return (null, OrderRefusals.Busy("Too many orders are on their way in."));
        try
        {
            // Measured first, told later: a repeated order gets its answer whatever the market does now.
            var (hold, wrong) = await Measure(parsed, cancellation);
            await using var connection = await database.OpenConnectionAsync(cancellation);
            if (await entry.Find(connection, user, parsed, cancellation) is { } known) return await Repeat(known, parsed, cancellation);
            if (await WalletsRoom.Available(connection, user, parsed.Account, hold?.Asset ?? new Asset("-"), cancellation) is not { } available)
                return (null, new Refused(ErrorCode.NotFound, "accountId", parsed.Account.ToString()));
            if (hold is not { } money) return (null, wrong);
            if (available < money.Amount) return (null, OrderRefusals.NoFunds(money, available));
            return await Accept(connection, user, parsed, money, cancellation);
        }
        finally
        {
            mailbox.Leave();
        }
    }

    /// <summary>What the order has to hold, or why it is not accepted.</summary>
    private async Task<(Money? Hold, Refused? Refused)> Measure(ParsedOrder order, CancellationToken cancellation)
    {
        if (lanes.Find(order.Symbol) is not { } lane) return (null, OrderRefusals.Of(MarketGate.UnknownSymbol, order.Symbol.Value));
        var (terms, instrument) = (order.Terms, lane.Instrument);
        if (OrderRules.Check(terms, instrument, null) is { } refusal) return (null, OrderRefusals.Of(refusal));
        if (OrderRefusals.Of(await markets.Ready(order.Symbol, cancellation), order.Symbol.Value) is { } closed) return (null, closed);
        if (terms.Type == OrderType.Limit) return (Holds.Fixed(terms, instrument), null);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LanePatience);
        Estimate? estimate;
        try
        {
            estimate = await entry.Estimate(lane, terms, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, OrderRefusals.Busy("The pair's lane did not answer in time."));
        }

        if (estimate is not { } seen) return (null, OrderRefusals.Of(MarketGate.Stale, order.Symbol.Value));
        if (OrderRules.Check(terms, instrument, seen.Price) is { } small) return (null, OrderRefusals.Of(small));
        var hold = Holds.Fixed(terms, instrument) ?? Holds.Walked(terms.Side, (seen.Base, seen.Quote), instrument);
        return hold.Amount > 0m ? (hold, null) : (null, OrderRefusals.Of(new OrderRefusal(OrderFault.QuantityNotOnStep, "quoteQuantity", terms.QuoteQuantity, instrument.StepSize)));
    }

    private async Task<(OrderView? Order, Refused? Refused)> Accept(
        NpgsqlConnection connection, UserId user, ParsedOrder order, Money hold, CancellationToken cancellation)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(markets.NowMs);
        var lane = lanes.Find(order.Symbol)!;
        OrderRow? row;
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            row = await entry.Insert(connection, new NewOrder(user, order, lane.Instrument, hold, now), cancellation);
            if (row is null)
            {
                await transaction.RollbackAsync(cancellation);
                return await entry.Find(connection, user, order, cancellation) is { } rival
                    ? await Repeat(rival, order, cancellation)
                    : (null, new Refused(ErrorCode.InProgress, "clientOrderId", order.Key));
            }

            try
            {
                await WalletsRoom.Post(connection, [Journals.Hold(row.Id, row.AccountId, hold, now)], cancellation);
            }
            catch (PostgresException error) when (WalletsRoom.IsShortOfFunds(error))
            {
                await transaction.RollbackAsync(cancellation);
                return (null, OrderRefusals.NoFunds(hold, await WalletsRoom.Available(connection, user, order.Account, hold.Asset, cancellation) ?? 0m));
            }

            await entry.Tell(connection, transaction, row, cancellation);
            await entry.Commit(transaction, row, lane);
        }

        var final = row.Type == OrderType.Market ? mailbox.Final(row.Id) : null;
        await entry.GiveToLane(lane, row);
        return (OrderView.Of(final is null ? row : await Outcome(row, final, cancellation)), null);
    }

    private async Task<(OrderView?, Refused?)> Repeat(OrderRow known, ParsedOrder order, CancellationToken cancellation)
    {
        if (!known.RequestHash.AsSpan().SequenceEqual(order.Hash()))
            return (null, new Refused(ErrorCode.IdempotencyMismatch, "clientOrderId", order.Key, Detail: "The key was used for an order with another body."));
        if (known.Type == OrderType.Limit) return (OrderView.Of(known.AsPlaced()), null);
        if (!known.IsOpen) return (OrderView.Of(known), null);
        var final = mailbox.Final(known.Id);
        // It may have ended before anybody waited for it.
        if (await entry.Read(known.Id, cancellation) is { IsOpen: false } ended) return (OrderView.Of(ended), null);
        return (OrderView.Of(await Outcome(known, final, cancellation)), null);
    }

    private async Task<OrderRow> Outcome(OrderRow row, Task<OrderRow> final, CancellationToken cancellation)
    {
        try
        {
            return await final.WaitAsync(TimeSpan.FromMilliseconds(options.Value.AnswerWaitMs), clock, cancellation);
        }
        catch (TimeoutException)
        {
            return await entry.Read(row.Id, cancellation) ?? row;
        }
        finally
        {
            mailbox.Forget(row.Id);
        }
    }
}
