using System.Numerics;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>What owners do to their orders and accounts.</summary>
internal sealed class ModelOwner(ModelWorld world, ISubject subject, Chance chance, (ModelDesk Desk, DraftMaker Drafts, ModelOrders Orders) model, Tally tally)
{
    public async Task Act(Guid account, IReadOnlyList<ModelOrder> open)
    {
        // An account that has grown rich would meet the limits of a decimal, which are not the question here.
        var order = open.Count > 0 ? chance.Of(open) : null;
        if (model.Desk.Bank.Of(account, world.Pairs[0].Quote.Code).Available > 10 * Units.Of(world.Grant))
        {
            await Reset(account, open);
            return;
        }

        switch (chance.Next(1000))
        {
            case < 2:
                await Reset(account, open);
                break;
            case < 6:
                await CancelAll(account, open);
                break;
            case < 280 when order is not null:
                await Cancel(order);
                break;
            case < 300 when model.Orders.Ended.Count > 0:
                await Cancel(chance.Of(model.Orders.Ended));
                break;
            case < 700 when order is not null:
                await Amend(order);
                break;
            case < 850 when order is { Waits: true, IsDormant: false }:
                tally.Add(Case.PausedAndResumed);
                await subject.Pause(await subject.Row(order.Id), order.Status == "waiting");
                model.Desk.Pause(order, order.Status == "waiting");
                break;
            default:
                await Retry();
                break;
        }
    }

    public async Task Cancel(ModelOrder order)
    {
        tally.Add(order.Leg is not null ? Case.CanceledALeg : order.Waits ? Case.CanceledWaiting : order.Fills > 0 ? Case.CanceledPartlyFilled : Case.CanceledAnEndedOrder);
        if (order.Leg == "entry" && order.Filled.Sign > 0) tally.Add(Case.EntryEndedBeforeItsExits);
        var done = await subject.Cancel(await subject.Row(order.Id));
        if (done != model.Desk.Cancel(order)) throw new ModelException($"{order}: canceled {done}");
    }

    /// <summary>New terms by chance; refused when its money does not reach.</summary>
    public async Task Amend(ModelOrder order)
    {
        if (!order.IsOpen || order.IsDormant || (!order.Waits && !order.IsLimit)) return;
        var (price, trigger, quantity, trailing) = (order.Price, order.Trigger, order.Quantity, order.Trailing);
        var moved = (chance.Next(41) - 20) * order.Pair.Tick;
        if (price is not null && chance.Percent(60)) price = BigInteger.Max(price.Value + moved, order.Pair.Tick);
        if (order.Waits && trigger is not null && chance.Percent(60)) trigger = BigInteger.Max(trigger.Value + moved, order.Pair.Tick);
        if (order.Waits && trailing is not null) trailing = (int)chance.From1To(5000);
        if (order.Leg is null && quantity is { } now) quantity = Sized(order, now);
        var last = model.Drafts.Market(order.Pair.Symbol).Price;
        var before = await subject.Row(order.Id);
        var terms = before.Terms with { Price = DraftMaker.Dec(price), TriggerPrice = DraftMaker.Dec(trigger), Quantity = DraftMaker.Dec(quantity), TrailingDelta = trailing };
        var instrument = world.Pair(order.Pair.Symbol);
        var measured = AmendOrder.Measured(before, terms);
        if (measured is { Type: OrderType.Market }) return;
        if (OrderRules.Check(measured, instrument, new Price(Units.ToDecimal(last))) is not null) return;

        var whole = Holds.Fixed(measured, instrument) ?? Holds.AtPrice(measured, measured.TriggerPrice ?? Holds.TrailingPrice(measured, Units.ToDecimal(last)), instrument);
        if (measured.HoldWhen == HoldWhen.Fired) whole = whole with { Amount = 0m };
        var done = await subject.Amend(
            before with { Placed = before.Placed ?? "{}", Price = terms.Price, TriggerPrice = terms.TriggerPrice, Quantity = terms.Quantity, TrailingDelta = terms.TrailingDelta },
            AmendOrder.Need(before, terms, whole));

        var old = (order.Price, order.Trigger, order.Quantity, order.Trailing);
        void Change() => (order.Price, order.Trigger, order.Quantity, order.Trailing) = (price, trigger, quantity, trailing);
        Change();
        var need = NeedOf(order, last);
        (order.Price, order.Trigger, order.Quantity, order.Trailing) = old;
        Count(order, quantity, need, done);
        if (done != model.Desk.Amend(order, Change, need)) throw new ModelException($"{order} amended: {done}; it needs {need}");
    }

    private static BigInteger NeedOf(ModelOrder order, BigInteger last)
    {
        if (order.Waits && order.HoldsWhenFired) return 0;
        if (order.Fills == 0) return ModelHolds.Named(order) ?? DraftMaker.AtTrigger(order, last);
        return order.Buys ? Units.Times(order.Price!.Value, order.Rest) : order.Rest;
    }

    private BigInteger Sized(ModelOrder order, BigInteger now) => chance.Next(6) switch
    {
        0 => order.Filled + order.Pair.Step,
        1 => now + (order.Pair.Step * chance.From1To(1_000)),
        2 => now * 2,
        3 => now + (now / order.Pair.Step * order.Pair.Step * 1000),
        4 => order.Filled + chance.Steps(order.Rest, order.Pair.Step),
        _ => now,
    };

    private void Count(ModelOrder order, BigInteger? quantity, BigInteger need, bool done)
    {
        if (!done)
        {
            tally.Add(Case.AmendRefusedForMoney);
            return;
        }

        if (need > order.Held) tally.Add(Case.AmendedUp);
        if (need < order.Held) tally.Add(Case.AmendedDown);
        if (order.Fills > 0 && quantity == order.Filled + order.Pair.Step) tally.Add(Case.AmendedToJustAboveFilled);
        if (order.Waits) tally.Add(Case.AmendedWhileWaiting);
        else if (order.Type != "limit") tally.Add(Case.AmendedAfterFiring);
        if (!order.Waits && order.HoldsWhenFired) tally.Add(Case.AmendedHoldingWhenFired);
        if (order.Leg == "target") tally.Add(Case.AmendedATarget);
        if (order.Leg == "stop") tally.Add(Case.AmendedTheStopOfAList);
    }

    private async Task Retry()
    {
        if (model.Orders.Ended.FirstOrDefault(order => order.Status == "failed") is not { } order) return;
        var instrument = world.Pair(order.Pair.Symbol);
        var last = model.Drafts.Market(order.Pair.Symbol).Price;
        var (need, money) = (ModelHolds.Named(order), Holds.Fixed(model.Drafts.TermsOf(order) with { TriggerPrice = null }, instrument));
        if (need is null)
        {
            var (gotBase, gotQuote, walked) = model.Drafts.Walk(order, last, null);
            (need, money) = (ModelHolds.Walked(order, gotBase, gotQuote), Holds.Walked(order.Buys ? Side.Buy : Side.Sell, (walked.Base, walked.Quote), instrument));
        }

        if (need.Value.IsZero) return;
        var done = await subject.Retry(await subject.Row(order.Id), money!.Value);
        tally.Add(done ? Case.RetriedWithMoney : Case.RetriedWithoutMoney);
        if (done != model.Desk.Retry(order, need.Value)) throw new ModelException($"{order} retried: {done}");
    }

    private async Task CancelAll(Guid account, IReadOnlyList<ModelOrder> open)
    {
        tally.Add(Case.CanceledAll);
        var symbol = chance.Percent(50) ? chance.Of(world.Pairs).Symbol.Value : null;
        var all = symbol is null && chance.Percent(50);
        await subject.CancelAll(account, symbol);
        foreach (var order in open.Where(order => symbol is null || order.Pair.Symbol == symbol).OrderBy(order => order.Id).ToList()) _ = model.Desk.Cancel(order);
        if (all) await Reset(account, []);
    }

    private async Task Reset(Guid account, IReadOnlyList<ModelOrder> open)
    {
        tally.Add(open.Count > 0 ? Case.SeasonResetWithOpenOrders : Case.SeasonReset);
        await subject.Reset(account, world.Grant);
        foreach (var order in open.OrderBy(order => order.Id).ToList()) _ = model.Desk.Cancel(order);
        model.Desk.Reset(account, world.Pairs[0].Quote.Code, Units.Of(world.Grant));
    }
}
