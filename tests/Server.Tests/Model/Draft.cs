using System.Numerics;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>An order about to be placed, as the model and as the server see it.</summary>
internal sealed record Draft(ModelOrder Model, ProposedOrder Proposed);

/// <summary>Makes orders of every type and of awkward sizes.</summary>
internal sealed class DraftMaker(ModelWorld world, Chance chance, ModelDesk desk, Tally tally)
{
    private static readonly string[] Types = ["market", "market", "limit", "limit", "limit", "stopLoss", "stopLossLimit", "takeProfit", "takeProfitLimit", "trailingStop"];

    private readonly Dictionary<string, (ModelPair Pair, long Ticks)> _prices = world.Pairs.ToDictionary(
        pair => pair.Symbol.Value,
        pair => (new ModelPair(pair.Symbol.Value, pair.Base.Code, pair.Quote.Code, Units.Of(pair.TickSize), Units.Of(pair.StepSize)), StartOf(pair)));

    /// <summary>The pair, and its price now; it moves a little each time.</summary>
    public (ModelPair Pair, BigInteger Price) Market(string symbol)
    {
        var (pair, ticks) = _prices[symbol];
        var start = StartOf(world.Pair(symbol));
        ticks = Math.Clamp(ticks + chance.Next(21) - 10, start * 9 / 10, start * 11 / 10);
        _prices[symbol] = (pair, ticks);
        return (pair, ticks * pair.Tick);
    }

    /// <summary>Null when chance made something the rules refuse, and both sides said so.</summary>
    public Draft? One(Guid account, Instrument instrument, string key, byte[] hash)
    {
        var (pair, last) = Market(instrument.Symbol.Value);
        var (type, buys) = (chance.Of(Types), chance.Percent(55));
        var isLimit = type is "limit" or "stopLossLimit" or "takeProfitLimit";
        var price = last + ((chance.Next(41) - 20) * pair.Tick);
        var byQuote = !isLimit && chance.Percent(40);
        var has = desk.Bank.Of(account, buys ? pair.Quote : pair.Base).Available;
        var budget = Budget(has, buys ? Units.Eighth : pair.Step);
        BigInteger? quantity = null, quote = null;
        if (byQuote) quote = Shorten(buys ? budget : BigInteger.Max(Units.Eighth, budget * price / Units.One));
        else quantity = buys ? BigInteger.Max(pair.Step, Units.Floor(budget * Units.One / price, pair.Step)) : BigInteger.Max(pair.Step, Units.Floor(budget, pair.Step));
        var starts = type is "market" or "limit" && chance.Percent(12);
        var waits = starts || type is not ("market" or "limit");
        var model = new ModelOrder
        {
            Account = account,
            Pair = pair,
            Key = key,
            Hash = hash,
            Buys = buys,
            Type = type,
            HoldsWhenFired = waits && chance.Percent(35),
            HoldAsset = buys ? pair.Quote : pair.Base,
            Price = isLimit ? price : null,
            Quantity = quantity,
            QuoteQuantity = quote,
            Trigger = type.StartsWith("stop", StringComparison.Ordinal) || type.StartsWith("take", StringComparison.Ordinal) ? last + ((chance.Next(61) - 30) * pair.Tick) : null,
            Trailing = type == "trailingStop" ? (int)chance.From1To(5000) : null,
            Activation = type == "trailingStop" && chance.Percent(50) ? last : null,
            HasStart = starts,
            HasEnd = (waits || type == "limit") && chance.Percent(20),
            Status = waits ? "waiting" : "new",
        };
        return Measure(model, instrument, last, null);
    }

    /// <summary>A target and a stop for the same money.</summary>
    public IReadOnlyList<Draft>? Oco(Guid account, Instrument instrument, string key, byte[] hash)
    {
        var (pair, last) = Market(instrument.Symbol.Value);
        var buys = chance.Percent(40);
        var (good, bad) = buys ? (last - (20 * pair.Tick), last + (20 * pair.Tick)) : (last + (20 * pair.Tick), last - (20 * pair.Tick));
        var budget = Budget(desk.Bank.Of(account, buys ? pair.Quote : pair.Base).Available, pair.Step);
        var quantity = BigInteger.Max(pair.Step, Units.Floor(buys ? budget * Units.One / bad : budget, pair.Step));
        ModelOrder Leg(string leg, string type, BigInteger? price, BigInteger? trigger) => new()
        {
            Account = account,
            Pair = pair,
            Key = leg == "target" ? key : OrderKeys.OfLeg(key, 1),
            Hash = hash,
            Buys = buys,
            Type = type,
            HoldsWhenFired = false,
            HoldAsset = buys ? pair.Quote : pair.Base,
            Price = price,
            Quantity = quantity,
            Trigger = trigger,
            Leg = leg,
            Status = leg == "target" ? "new" : "waiting",
        };
        var limited = chance.Percent(50);
        if (Measure(Leg("target", "limit", good, null), instrument, last, OrderLeg.Target) is not { } target) return null;
        if (Measure(Leg("stop", limited ? "stopLossLimit" : "stopLoss", limited ? bad + pair.Tick : null, bad), instrument, last, OrderLeg.Stop) is not { } stop) return null;

        // The target carries what the dearer of the two needs.
        target.Model.Held = target.Model.HoldAmount = BigInteger.Max(target.Model.Held, stop.Model.Held);
        stop.Model.Held = stop.Model.HoldAmount = 0;
        var hold = target.Proposed.Hold with { Amount = Math.Max(target.Proposed.Hold.Amount, stop.Proposed.Hold.Amount) };
        tally.Add(buys ? Case.PlacedOcoToBuy : Case.PlacedOcoToSell);
        return [target with { Proposed = target.Proposed with { Hold = hold } }, stop with { Proposed = stop.Proposed with { Hold = stop.Proposed.Hold with { Amount = 0m } } }];
    }

    /// <summary>A buy with the way out.</summary>
    public IReadOnlyList<Draft>? Bracket(Guid account, Instrument instrument, string key, byte[] hash)
    {
        var (pair, last) = Market(instrument.Symbol.Value);
        var budget = Budget(desk.Bank.Of(account, pair.Quote).Available, Units.Eighth);
        var isLimit = chance.Percent(75);
        var byQuote = !isLimit && chance.Percent(50);
        ModelOrder Leg(int place, bool buys, string type, string leg) => new()
        {
            Account = account,
            Pair = pair,
            Key = OrderKeys.OfLeg(key, place),
            Hash = hash,
            Buys = buys,
            Type = type,
            HoldsWhenFired = false,
            HoldAsset = buys ? pair.Quote : pair.Base,
            Price = place == 0 ? (isLimit ? last : null) : place == 1 ? last + (30 * pair.Tick) : null,
            Quantity = place == 0 && !byQuote ? BigInteger.Max(pair.Step, Units.Floor(budget * Units.One / last, pair.Step)) : null,
            QuoteQuantity = place == 0 && byQuote ? Shorten(budget) : null,
            Trigger = place == 2 ? last - (30 * pair.Tick) : null,
            Leg = leg,
            Status = place == 0 ? "new" : "waiting",
        };
        if (Measure(Leg(0, true, isLimit ? "limit" : "market", "entry"), instrument, last, OrderLeg.Entry) is not { } entry) return null;
        Draft Exit(ModelOrder model, OrderLeg leg) => new(model, new ProposedOrder(TermsOf(model), instrument, new Money(0m, instrument.Base), leg));
        tally.Add(Case.PlacedBracket);
        return [entry, Exit(Leg(1, false, "limit", "target"), OrderLeg.Target), Exit(Leg(2, false, "stopLoss", "stop"), OrderLeg.Stop)];
    }

    /// <summary>What a market order would meet: a random book, walked by both sides.</summary>
    public (BigInteger Base, BigInteger Quote, Walked Walked) Walk(ModelOrder order, BigInteger last, BigInteger? limit)
    {
        var levels = new List<BookLevel>();
        var price = last;
        for (var count = chance.Next(6) + 1; count > 0 && price > pair(order).Tick; count--)
        {
            var size = chance.Percent(10) ? order.Pair.Step / 2 : order.Pair.Step * chance.From1To(chance.Percent(50) ? 50 : 5_000_000);
            if (size.Sign > 0) levels.Add(new BookLevel(new Price(Units.ToDecimal(price)), new Quantity(Units.ToDecimal(size))));
            price += (order.Buys ? 1 : -1) * order.Pair.Tick * chance.From1To(20);
        }

        var quantity = order.Quantity - order.Filled;
        var quote = order.QuoteQuantity - order.FilledQuote;
        var (mostBase, mostQuote) = order.Held.Sign > 0 ? (quantity ?? (order.Buys ? null : order.Held), quote ?? (order.Buys ? order.Held : null)) : (quantity, quote);
        var walked = BookWalk.Take(levels, new TakeWish
        {
            Side = order.Buys ? Side.Buy : Side.Sell,
            Step = Units.ToDecimal(order.Pair.Step),
            Base = Dec(mostBase),
            Quote = Dec(mostQuote),
            Limit = limit is { } no ? new Price(Units.ToDecimal(no)) : null,
        });
        var twin = Twin(levels, order, (mostBase, mostQuote, limit));
        if (Units.Of(walked.Base) != twin.Base || Units.Of(walked.Quote) != twin.Quote || walked.End != twin.End) throw new ModelException($"A walk took {walked}, the model {twin}");
        tally.Add(walked.End switch { WalkEnd.Limit => Case.WalkMetTheLimit, WalkEnd.QuoteSpent => Case.WalkSpentTheQuote, _ => Case.WalkRanOutOfLevels });
        return (twin.Base, twin.Quote, walked);

        static ModelPair pair(ModelOrder order) => order.Pair;
    }

    public OrderTerms TermsOf(ModelOrder order) => new()
    {
        Side = order.Buys ? Side.Buy : Side.Sell,
        Type = Enum.Parse<OrderType>(order.Type, ignoreCase: true),
        Quantity = Dec(order.Quantity),
        QuoteQuantity = Dec(order.QuoteQuantity),
        Price = Dec(order.Price),
        TriggerPrice = Dec(order.Trigger),
        TrailingDelta = order.Trailing,
        ActivationPrice = Dec(order.Activation),
        TimeInForce = order.HasEnd ? TimeInForce.Gtd : TimeInForce.Gtc,
        ExpiresAt = order.HasEnd ? DateTimeOffset.UnixEpoch.AddYears(200) : null,
        StartAt = order.HasStart ? DateTimeOffset.UnixEpoch.AddYears(150) : null,
        HoldWhen = order.HoldsWhenFired ? HoldWhen.Fired : HoldWhen.Placed,
    };

    public static decimal? Dec(BigInteger? units) => units is { } known ? Units.ToDecimal(known) : null;

    private static long StartOf(Instrument pair) => pair.TickSize >= 0.01m ? 6_000_000 : pair.StepSize >= 1m ? 2_310 : pair.Base.Code == "BTC" ? 486_000_000_123_457 : 12_345_678_901;

    /// <summary>Amounts an order may name have at most 23 digits.</summary>
    private static BigInteger Shorten(BigInteger amount)
    {
        var unit = BigInteger.One;
        while (amount / unit >= BigInteger.Pow(10, 23)) unit *= 10;
        return BigInteger.Max(Units.Floor(amount, unit), 1);
    }

    /// <summary>True for what the ledger books without rounding, its fee included.</summary>
    public static bool CanBook(BigInteger amount)
    {
        var limit = BigInteger.Pow(10, 23);
        for (var places = Units.Places; places > 0 && (amount % 10).IsZero; places--) amount /= 10;
        return amount < limit;
    }

    private BigInteger Budget(BigInteger has, BigInteger step) => chance.Next(20) switch
    {
        < 2 => has,
        2 => has + step,
        3 => has + 1,
        4 => (has * 3) + (100 * step),
        5 => step,
        6 => step * chance.From1To(50),
        _ => BigInteger.Max(step, has * chance.From1To(25) / 100),
    };

    /// <summary>The hold by both sides. Null when the rules refuse.</summary>
    private Draft? Measure(ModelOrder model, Instrument instrument, BigInteger last, OrderLeg? leg)
    {
        if (chance.Percent(2) && model.Leg is null) Spoil(model);
        var terms = TermsOf(model);
        var refused = OrderRules.Check(terms, instrument, new Price(Units.ToDecimal(last))) is not null;
        if (refused != !IsSound(model, last))
            throw new ModelException($"{model}: the rules {(refused ? "refuse" : "take")} it and the model does not: {OrderRules.Check(terms, instrument, new Price(Units.ToDecimal(last)))}");
        if (refused)
        {
            tally.Add(Case.TermsRefused);
            return null;
        }

        BigInteger? hold;
        Money proposed;
        if (model.Type == "market" && ModelHolds.Named(model) is null)
        {
            var (gotBase, gotQuote, walked) = Walk(model, last, null);
            (hold, proposed) = (ModelHolds.Walked(model, gotBase, gotQuote), Holds.Walked(terms.Side, (walked.Base, walked.Quote), instrument));
        }
        else
        {
            hold = ModelHolds.Named(model) ?? AtTrigger(model, last);
            proposed = Holds.Fixed(terms, instrument) ?? Holds.AtPrice(terms, Holds.TrailingPrice(terms, Units.ToDecimal(last)), instrument);
        }

        if (hold != Units.Of(proposed.Amount)) throw new ModelException($"{model} holds {proposed}, by the model {hold}");
        if (hold.Value.IsZero) return null;
        if (model.HoldsWhenFired) (hold, proposed) = (0, proposed with { Amount = 0m });
        model.Held = model.HoldAmount = hold.Value;
        return new Draft(model, new ProposedOrder(terms, instrument, proposed, leg));
    }

    public static BigInteger AtTrigger(ModelOrder model, BigInteger last)
    {
        if (model.Trailing is not { } delta) return ModelHolds.AtPrice(model, model.Trigger ?? last, 1);
        return ModelHolds.AtPrice(model, (model.Activation ?? last) * (model.Buys ? 10_000 + delta : 10_000 - delta), 10_000);
    }

    private bool IsSound(ModelOrder order, BigInteger last)
    {
        if (order.Quantity is { } quantity && (quantity.Sign <= 0 || !(quantity % order.Pair.Step).IsZero || quantity > 9_000_000_000 * Units.One)) return false;
        if (order.QuoteQuantity is { } quote && (quote.Sign <= 0 || !CanBook(quote))) return false;
        if ((order.Quantity is null) == (order.QuoteQuantity is null)) return false;
        if (order.IsLimit != order.Price is not null) return false;
        foreach (var price in new[] { order.Price, order.Trigger, order.Activation })
        {
            if (price is { } known && (known.Sign <= 0 || !(known % order.Pair.Tick).IsZero)) return false;
        }

        var worth = order.Quantity is { } base1 ? base1 * (order.Price ?? order.Trigger ?? last) : order.QuoteQuantity!.Value * Units.One;
        return (worth % Units.One).IsZero && CanBook(worth / Units.One);
    }

    private void Spoil(ModelOrder order)
    {
        if (order.Quantity is { } quantity) order.Quantity = chance.Percent(50) ? quantity + (order.Pair.Step / 10) + 1 : 0;
        if (order.Price is { } price) order.Price = chance.Percent(50) ? price + 1 : null;
        if (order.Trigger is { } trigger) order.Trigger = trigger + 1;
    }

    /// <summary>The walk again, by whole numbers.</summary>
    private static (BigInteger Base, BigInteger Quote, WalkEnd End) Twin(List<BookLevel> levels, ModelOrder order, (BigInteger? Base, BigInteger? Quote, BigInteger? Limit) most)
    {
        BigInteger got = 0, paid = 0;
        foreach (var level in levels)
        {
            var price = Units.Of(level.Price.Value);
            if (got == most.Base) return (got, paid, WalkEnd.BaseSpent);
            if (most.Limit is { } limit && (order.Buys ? price > limit : price < limit)) return (got, paid, WalkEnd.Limit);
            var share = Units.Floor(Units.Of(level.Quantity.Value), order.Pair.Step);
            if (share.IsZero) continue;
            if (most.Base is { } wanted) share = BigInteger.Min(share, wanted - got);
            var affordable = most.Quote is { } quote ? Units.Floor((quote - paid) * Units.One / price, order.Pair.Step) : share;
            var taken = BigInteger.Min(share, affordable);
            got += taken;
            paid += Units.Times(price, taken);
            if (taken < share) return (got, paid, WalkEnd.QuoteSpent);
        }

        return (got, paid, got == most.Base ? WalkEnd.BaseSpent : WalkEnd.NoMoreLevels);
    }
}
