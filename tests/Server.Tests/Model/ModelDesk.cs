using System.Numerics;
using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>What happens to orders and money, by the model: written from the interface's words, with whole numbers only.</summary>
internal sealed class ModelDesk(BigInteger makerRate, BigInteger takerRate, Tally tally)
{
    private readonly Dictionary<long, ModelOrder> _orders = [];
    private readonly Dictionary<long, List<ModelOrder>> _lists = [];

    public ModelBank Bank { get; } = new();

    /// <summary>Orders this operation has touched.</summary>
    public HashSet<ModelOrder> Touched { get; } = [];

    public ModelOrder? Find(long id) => _orders.GetValueOrDefault(id);

    public IReadOnlyList<ModelOrder> ListOf(ModelOrder order) => order.List is { } list ? _lists[list] : [order];

    public void Forget(ModelOrder order)
    {
        _ = _orders.Remove(order.Id);
        if (order.List is { } list && _lists[list].TrueForAll(other => !_orders.ContainsKey(other.Id))) _ = _lists.Remove(list);
    }

    /// <summary>Takes in orders that are accepted together.</summary>
    public void Accept(IReadOnlyList<ModelOrder> orders)
    {
        foreach (var order in orders)
        {
            _orders.Add(order.Id, order);
            Touched.Add(order);
            if (order.List is { } list) (_lists.TryGetValue(list, out var known) ? known : _lists[list] = []).Add(order);
            if (order.Held.Sign > 0) Bank.Hold(order.Account, order.HoldAsset, order.Held);
        }
    }

    /// <summary>A decision on terms, fills or a state that are no longer those of the order does not count.</summary>
    public bool Apply(Decision decision)
    {
        var order = _orders[decision.OrderId];
        if (!order.IsOpen || order.Revision != decision.Revision || order.Fills != decision.FillsBefore) return false;
        if (decision.FiredBy is { } cause)
        {
            if (order.Status != "waiting") return false;
            Fire(order, Units.Of(cause.Price.Value));
            return true;
        }

        if (order.Status == "waiting" && decision.End is not (OrderEvent.Expire or OrderEvent.Reject)) return false;
        if (decision.Works)
        {
            if (order.Status != "triggered") return false;
            To(order, "new");
        }

        for (var index = 0; index < decision.Fills.Count; index++)
        {
            var fill = decision.Fills[index];
            Fill(order, (Units.Of(fill.Price.Value), Units.Of(fill.Quantity.Value), fill.Maker), decision.End == OrderEvent.FillLast && index == decision.Fills.Count - 1);
        }

        if (decision.End is { } end)
        {
            if (end != OrderEvent.FillLast) End(order, end switch { OrderEvent.Expire => "expired", OrderEvent.Reject => "rejected", _ => "canceled" }, decision.Reason);
            Ended(order);
        }

        return true;
    }

    public bool Cancel(ModelOrder order)
    {
        if (!order.IsOpen) return false;
        End(order, "canceled", null);
        Ended(order);
        Renew(order);
        return true;
    }

    /// <summary>False without the money, and then nothing has changed.</summary>
    /// <param name="order">An open order.</param>
    /// <param name="change">Sets the new terms.</param>
    /// <param name="need">What its rest needs under them.</param>
    public bool Amend(ModelOrder order, Action change, BigInteger need)
    {
        // In a list the target carries the money of both exits until the stop fires.
        var carrier = order is { Leg: "stop", Waits: true } ? ListOf(order).First(other => other.Leg == "target") : order;
        if (order.IsExit) need = BigInteger.Max(need, carrier.Held);
        var more = need - carrier.Held;
        if (more > Bank.Of(order.Account, carrier.HoldAsset).Available) return false;
        if (more.Sign > 0) Bank.Hold(order.Account, carrier.HoldAsset, more);
        else if (more.Sign < 0) Bank.Release(order.Account, carrier.HoldAsset, -more);
        carrier.Held = need;
        carrier.HoldAmount += more;
        change();
        order.Revision++;
        Touched.Add(order);
        Renew(order);
        return true;
    }

    public void Pause(ModelOrder order, bool pause)
    {
        To(order, pause ? "paused" : "waiting");
        order.Revision++;
        Renew(order);
    }

    public bool Retry(ModelOrder order, BigInteger need)
    {
        if (order.Status != "failed") throw new ModelException("Only a failed order is tried again.");
        if (Bank.Of(order.Account, order.HoldAsset).Available < need) return false;
        To(order, "triggered");
        order.Reason = null;
        order.Revision++;
        Hold(order, need);
        return true;
    }

    /// <summary>A season ends: everything owned goes back to the issuer. Orders have been ended before.</summary>
    public void Reset(Guid account, string asset, BigInteger grant)
    {
        foreach (var owned in Bank.Owned(account)) Bank.Grant(account, owned, -Bank.Of(account, owned).Available);
        Bank.Grant(account, asset, grant);
    }

    private void Fire(ModelOrder order, BigInteger price)
    {
        if (order.Leg == "stop")
        {
            var target = ListOf(order).First(other => other.Leg == "target");
            if (target.Held.IsZero) throw new ModelException("A stop fired that has nothing to sell.");
            (var carried, target.Held) = (target.Held, 0);
            Bank.Release(order.Account, target.HoldAsset, carried);
            order.HoldAsset = target.HoldAsset;
            To(order, "triggered");
            Hold(order, carried);
            tally.Add(Case.StopTookTheTargetsMoney);
        }
        else if (order.Held.Sign > 0)
        {
            To(order, "triggered");
        }
        else
        {
            var need = ModelHolds.Named(order) ?? (price.IsZero ? 0 : ModelHolds.AtPrice(order, price, 1));
            var available = Bank.Of(order.Account, order.HoldAsset).Available;
            if (need.IsZero || available < need)
            {
                tally.Add(need.IsZero ? Case.FiredWithoutAPrice : Case.FiredWithoutMoney);
                To(order, "failed");
                order.Reason = need.IsZero ? "no_price" : "insufficient_funds";
            }
            else
            {
                tally.Add(Case.FiredWithMoney);
                To(order, "triggered");
                Hold(order, need);
            }
        }

        EndOthers(order);
    }

    private void Fill(ModelOrder order, (BigInteger Price, BigInteger Quantity, bool Maker) fill, bool last)
    {
        if (!order.Works) throw new ModelException($"{order} cannot be filled");
        var quote = Units.Times(fill.Price, fill.Quantity);
        var (paid, received) = order.Buys ? ((order.Pair.Quote, quote), (order.Pair.Base, fill.Quantity)) : ((order.Pair.Base, fill.Quantity), (order.Pair.Quote, quote));
        var fee = ModelHolds.Fee(received.Item2, fill.Maker ? makerRate : takerRate);
        if (fee == received.Item2) tally.Add(Case.FeeTookAllThatWasReceived);
        if (!(received.Item2 * (fill.Maker ? makerRate : takerRate) % (Units.One * Units.Eighth)).IsZero) tally.Add(Case.FeeWasRoundedUp);
        if (paid.Item2 > order.Held) throw new ModelException($"{order} would pay {paid.Item2}");
        Bank.Exchange(order.Account, paid, received, fee);
        order.Held -= paid.Item2;
        order.Filled += fill.Quantity;
        order.FilledQuote += quote;
        order.Fee += fee;
        order.Fills++;
        if (order.Quantity is { } wanted && order.Filled > wanted) throw new ModelException($"{order} is filled beyond what it wants");
        To(order, last ? "filled" : "partiallyFilled");
        if (last)
        {
            tally.Add(order.Held.IsZero ? Case.HoldSpentExactly : Case.FilledWithHoldLeft);
            ReleaseAll(order);
        }

        if (order.Leg == "entry") Grow(order);
        else EndOthers(order);
    }

    /// <summary>The exits get out of what the entry has brought in, in whole steps; the target holds all of it, so that nobody can spend the rest of a step meanwhile.</summary>
    private void Grow(ModelOrder entry)
    {
        var (target, stop) = (ListOf(entry)[1], ListOf(entry)[2]);
        var net = entry.Filled - entry.Fee;
        var quantity = Units.Floor(net, entry.Pair.Step);
        if (net > target.Held) Hold(target, net - target.Held);
        if (quantity.IsZero)
        {
            tally.Add(Case.EntryFilledLessThanAStep);
            return;
        }

        tally.Add(target.Quantity is null ? Case.BracketGrownOnce : Case.BracketGrownAgain);
        if (net != quantity) tally.Add(Case.BracketKeptPartOfAStep);
        (target.Quantity, stop.Quantity) = (quantity, quantity);
        if (target.Status == "waiting") To(target, "new");
        Touched.Add(stop);
    }

    private void End(ModelOrder order, string status, string? reason)
    {
        To(order, status);
        order.Reason = reason;
        ReleaseAll(order);
    }

    private void ReleaseAll(ModelOrder order)
    {
        if (order.Held.Sign > 0) Bank.Release(order.Account, order.HoldAsset, order.Held);
        order.Held = 0;
    }

    private void Ended(ModelOrder order)
    {
        if (order.IsExit || (order.Leg == "entry" && Units.Floor(order.Filled - order.Fee, order.Pair.Step).IsZero)) EndAll(order);
    }

    private void EndOthers(ModelOrder order)
    {
        if (order.IsExit) EndAll(order);
    }

    private void EndAll(ModelOrder but)
    {
        foreach (var other in ListOf(but).Where(other => other != but && other.IsOpen)) End(other, "canceled", "sibling");
    }

    /// <summary>What an owner does to one order of a list makes older decisions on the others void: they may rest on fills that no longer count.</summary>
    private void Renew(ModelOrder changed)
    {
        foreach (var other in ListOf(changed).Where(other => other != changed && other.IsOpen))
        {
            other.Revision++;
            Touched.Add(other);
        }
    }

    private void Hold(ModelOrder order, BigInteger amount)
    {
        Bank.Hold(order.Account, order.HoldAsset, amount);
        order.Held += amount;
        order.HoldAmount += amount;
        Touched.Add(order);
    }

    private void To(ModelOrder order, string status)
    {
        order.Status = status;
        Touched.Add(order);
    }
}
