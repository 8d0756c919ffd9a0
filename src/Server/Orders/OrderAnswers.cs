using System.Text.Json;
using Lastro.Core.Orders;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Orders;

/// <summary>The answer to a placed order: as it was accepted, or with its outcome where that is known at once.</summary>
internal sealed class OrderAnswers(OrderStoreReader orders, OrderMailbox mailbox, IOptions<OrdersOptions> options, IOptions<JsonOptions> json, TimeProvider clock)
{
    /// <param name="row">As read or accepted.</param>
    /// <param name="before">True when it had been accepted by an earlier request with the same key.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<OrderView> Of(OrderRow row, bool before, CancellationToken cancellation)
    {
        if (!IsDecidedAtOnce(row)) return before ? AsPlaced(row) : OrderView.Of(row);
        return OrderView.Of(row.IsOpen ? await Outcome(row, cancellation) : row);
    }

    /// <summary>
    /// The order with what it took from the market the moment it came in, once that is committed. As it is when it took nothing, or does so later.
    /// </summary>
    public async Task<OrderRow> AfterTaking(Placed placed, CancellationToken cancellation)
    {
        var row = placed.Orders[0];
        var (here, fills) = placed.Taking;
        if (IsDecidedAtOnce(row)) return await Outcome(row, cancellation);
        if (here && fills == 0) return row;
        var begun = clock.GetTimestamp();
        while (true)
        {
            // Before the look at the row: else the change could fall in between.
            var next = mailbox.Next(row.Id);
            row = await orders.Read(row.Id, cancellation) ?? row;
            var left = TimeSpan.FromMilliseconds(options.Value.AnswerWaitMs) - clock.GetElapsedTime(begun);
            if (!row.IsOpen || (here && row.Fills >= fills) || left <= TimeSpan.Zero) break;
            await next.WaitAsync(left, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        mailbox.Forget(row.Id);
        return row;
    }

    /// <summary>A list; one whose entry takes from the market answers once that is known.</summary>
    public async Task<OrderListView> OfList(Placed placed, CancellationToken cancellation)
    {
        var rows = placed.Orders;
        if (placed.Before) return new OrderListView(IdOf(rows[0]), [.. rows.Select(row => AsPlaced(rows[0].Leg == OrderLeg.Entry && row.Leg != OrderLeg.Entry ? AsDormant(row) : row))]);
        if (rows[0] is { Leg: OrderLeg.Entry, Type: OrderType.Market } entry)
        {
            _ = await Outcome(entry, cancellation);
            rows = await orders.ReadList(entry.Id, cancellation);

            // What it came to is the answer for ever, whatever becomes of the exits.
            await orders.Remember([.. rows.Select(row => (row.Id, Text(OrderView.Of(row))))], cancellation);
        }

        return new OrderListView(IdOf(rows[0]), [.. rows.Select(OrderView.Of)]);
    }

    /// <summary>The answer an order got when it was placed.</summary>
    public OrderView AsPlaced(OrderRow row) => row.Placed is { } kept
        ? JsonSerializer.Deserialize<OrderView>(kept, json.Value.SerializerOptions)!
        : OrderView.Of(row.AsPlaced());

    /// <summary>What to keep of an order whose terms are about to be amended.</summary>
    public string Keep(OrderRow row) => row.Placed ?? Text(OrderView.Of(row.AsPlaced()));

    /// <summary>A bracket's exit before its entry filled anything.</summary>
    private static OrderRow AsDormant(OrderRow exit) => exit with { Quantity = null, HoldAmount = 0m };

    private string Text(OrderView view) => JsonSerializer.Serialize(view, json.Value.SerializerOptions);

    private static string IdOf(OrderRow row) => row.ListId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<OrderRow> Outcome(OrderRow row, CancellationToken cancellation)
    {
        var final = mailbox.Final(row.Id);
        try
        {
            // It may have ended before anybody waited for it.
            if (await orders.Read(row.Id, cancellation) is { IsOpen: false } ended) return ended;
            return await final.WaitAsync(TimeSpan.FromMilliseconds(options.Value.AnswerWaitMs), clock, cancellation);
        }
        catch (TimeoutException)
        {
            return await orders.Read(row.Id, cancellation) ?? row;
        }
        finally
        {
            mailbox.Forget(row.Id);
        }
    }

    private static bool IsDecidedAtOnce(OrderRow row) =>
        row.Terms is { Waits: false } terms && row.ListId is null && (terms.Type == OrderType.Market || terms.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok);
}
