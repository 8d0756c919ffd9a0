using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Core.Markets;
using Lastro.Core.Orders;

namespace Lastro.Server.Orders;

/// <summary>A fill about to be written, with the order as it stands after it.</summary>
internal sealed record NewFill(OrderRow Order, DecidedFill Fill, int Number, decimal QuoteQuantity, decimal Fee, DateTimeOffset Time);

/// <summary>Applies decisions to orders in memory: pure, so that it can be tried without a database.</summary>
internal sealed class Settlement(FeeRates fees)
{
    private readonly List<NewFill> _fills = [];
    private readonly List<(OrderRow Order, Money Left, DateTimeOffset Time)> _releases = [];
    private readonly Dictionary<long, OrderRow> _changed = [];

    public IReadOnlyList<NewFill> Fills => _fills;

    public IReadOnlyList<(OrderRow Order, Money Left, DateTimeOffset Time)> Releases => _releases;

    /// <summary>Orders that changed, as they stand now.</summary>
    public IReadOnlyCollection<OrderRow> Changed => _changed.Values;

    /// <summary>Applies one decision to its order as the database has it, or as an earlier decision left it. False when it no longer counts.</summary>
    public bool Apply(OrderRow stored, Decision decision)
    {
        var order = _changed.GetValueOrDefault(stored.Id, stored);
        if (!order.IsOpen || order.Fills > decision.FillsBefore) return false;
        if (order.Fills < decision.FillsBefore)
            throw new InvalidOperationException($"Order {order.Id} has {order.Fills} fills; a decision comes on top of {decision.FillsBefore}.");

        var time = DateTimeOffset.FromUnixTimeMilliseconds(decision.TimeMs);
        foreach (var fill in decision.Fills) order = Fill(order, fill, time);
        if (decision.End is { } end)
        {
            if (order.Held > 0m) _releases.Add((order, new Money(order.Held, new Asset(order.HoldAsset)), time));
            order = order with { StatusWord = OrderWords.Of(end), Reason = decision.Reason, Held = 0m };
        }

        _changed[order.Id] = order with { UpdatedAt = time.UtcDateTime };
        return true;
    }

    /// <summary>The journals of all that was applied; the ids are those of the fills' rows, in order.</summary>
    public IReadOnlyList<Journal> Journals(IReadOnlyList<long> fillIds)
    {
        var journals = new List<Journal>(_fills.Count + _releases.Count);
        journals.AddRange(_fills.Select((fill, index) => Core.Ledger.Journals.Fill(fill.Order.Id, fill.Number, fillIds[index], EntryOf(fill), fill.Time)));
        journals.AddRange(_releases.Select(release => Core.Ledger.Journals.Release(release.Order.Id, release.Order.AccountId, release.Left, release.Time)));
        return journals;
    }

    private static FillEntry EntryOf(NewFill fill) => new()
    {
        Account = fill.Order.AccountId,
        Side = fill.Order.Side,
        Base = new Money(fill.Fill.Quantity.Value, new Asset(fill.Order.Base)),
        Quote = new Money(fill.QuoteQuantity, new Asset(fill.Order.Quote)),
        Fee = new Money(fill.Fee, fill.Order.Received),
    };

    private OrderRow Fill(OrderRow order, in DecidedFill fill, DateTimeOffset time)
    {
        var quantity = fill.Quantity.Value;
        var quote = Exact.Multiply(fill.Price.Value, quantity);
        var buys = order.Side == Side.Buy;
        var fee = fees.On(buys ? quantity : quote, fill.Maker);
        var after = order with
        {
            StatusWord = OrderWords.Of(OrderStatus.PartiallyFilled),
            Held = order.Held - (buys ? quote : quantity),
            FilledQuantity = order.FilledQuantity + quantity,
            FilledQuote = order.FilledQuote + quote,
            Fee = order.Fee + fee,
            Fills = order.Fills + 1,
        };
        if (after.Held < 0m) throw new InvalidOperationException($"Order {order.Id} would pay {-after.Held} more than it holds.");
        _fills.Add(new NewFill(after, fill, after.Fills, quote, fee, time));
        return after;
    }
}
