using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Tests.Model;

/// <summary>What the model run found, each as small as it can be.</summary>
public sealed class SettlementFaultsTests
{
    private static readonly Guid Account = new(1, 0, 0, new byte[8]);
    private static readonly Guid User = new(2, 0, 0, new byte[8]);

    private static readonly Instrument Pair = new()
    {
        Symbol = new Symbol("BTCUSDT"),
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        StepSize = 0.00001m,
        MinQuantity = 0.00001m,
        MinNotional = 0m,
    };

    private static readonly OrderTerms StopLimit = new() { Side = Side.Buy, Type = OrderType.StopLossLimit, Price = 101m, TriggerPrice = 100m, Quantity = 1m };

    private readonly MemorySubject _subject;
    private int _key;

    public SettlementFaultsTests()
    {
        _subject = new MemorySubject(new ModelWorld { Fees = new FeeRates(0.001m, 0.001m), Grant = 50_000m, Pairs = [Pair], Accounts = [(Account, User)] });
        _subject.Grant(Account, new Money(50_000m, Pair.Quote));
    }

    [Fact]
    public async Task An_order_that_fired_and_begins_to_rest_is_new_also_when_that_is_told_twice()
    {
        var order = await Place(StopLimit);
        await Fire(order);
        var works = new Decision { OrderId = order.Id, FillsBefore = 0, Revision = 0, Works = true, TimeMs = 2 };

        (await Decide(works)).ShouldBeTrue();
        (await Decide(works)).ShouldBeFalse();

        (await _subject.Row(order.Id)).Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public async Task What_a_brackets_entry_brings_in_below_a_step_is_kept_for_its_exits()
    {
        var (entry, _, _) = await Bracket();

        await Decide(Fills(entry, 0.00015m));
        (await _subject.Balance(Account, "BTC")).ShouldBe((0m, 0.00014985m));

        // Spendable, it would be missing here: 0.0002997 less 0.00014 is more than this fill brings in.
        await Decide(Fills(await _subject.Row(entry.Id), 0.00015m));
        (await _subject.Balance(Account, "BTC")).ShouldBe((0m, 0.0002997m));
    }

    [Fact]
    public async Task What_was_decided_on_exits_for_a_fill_that_a_cancel_overtook_does_not_count()
    {
        var (entry, target, stop) = await Bracket();
        await Decide(Fills(entry, 0.1m));
        var overtaken = Fills(await _subject.Row(entry.Id), 0.1m);
        var exit = Fills(await _subject.Row(target.Id), 0.1998m, price: 130m);

        (await _subject.Cancel(entry)).ShouldBeTrue();

        (await Decide(overtaken)).ShouldBeFalse();
        (await Decide(exit)).ShouldBeFalse();
        (await _subject.Row(target.Id)).Status.ShouldBe(OrderStatus.New);
        (await _subject.Row(stop.Id)).Status.ShouldBe(OrderStatus.Waiting);
    }

    [Fact]
    public async Task A_stop_that_fired_for_a_fill_that_an_amendment_overtook_does_not_count()
    {
        var (entry, _, stop) = await Bracket();
        var overtaken = Fills(entry, 0.1m);
        (await _subject.Amend(entry with { Price = 99m }, new Money(99m, Pair.Quote))).ShouldBeTrue();

        (await Decide(overtaken)).ShouldBeFalse();
        (await Decide(Fired(stop, 80m))).ShouldBeFalse();
    }

    [Fact]
    public async Task The_hold_of_a_list_grows_with_its_amended_stop()
    {
        var target = new OrderTerms { Side = Side.Buy, Type = OrderType.Limit, Price = 90m, Quantity = 1m };
        var rows = await PlaceList((target, 101m, OrderLeg.Target), (StopLimit, 0m, OrderLeg.Stop));
        var stop = rows[1] with { Price = 120m };

        (await _subject.Amend(stop, AmendOrder.Need(rows[1], stop.Terms, new Money(120m, Pair.Quote)))).ShouldBeTrue();

        (await _subject.Row(rows[0].Id)).Held.ShouldBe(120m);
        await Fire(await _subject.Row(stop.Id));
        (await Decide(Fills(await _subject.Row(stop.Id), 1m, price: 120m) with { End = OrderEvent.FillLast })).ShouldBeTrue();
        (await _subject.Balance(Account, "USDT")).ShouldBe((49_880m, 0m));
    }

    [Fact]
    public async Task An_order_that_holds_when_fired_holds_what_its_amended_terms_need()
    {
        var order = await Place(StopLimit with { HoldWhen = HoldWhen.Fired }, hold: 0m);
        await Fire(order);
        var fired = await _subject.Row(order.Id);

        AmendOrder.Measured(fired, fired.Terms with { Price = 99m }).HoldWhen.ShouldBe(HoldWhen.Placed);
    }

    [Fact]
    public async Task A_time_that_comes_before_any_price_leaves_an_order_to_be_tried_again()
    {
        var order = await Place(
            new OrderTerms { Side = Side.Sell, Type = OrderType.Market, QuoteQuantity = 10m, StartAt = DateTimeOffset.UnixEpoch, HoldWhen = HoldWhen.Fired }, hold: 0m);

        (await Decide(Fired(order, 0m))).ShouldBeTrue();

        (await _subject.Row(order.Id)).ShouldSatisfyAllConditions(row => row.Status.ShouldBe(OrderStatus.Failed), row => row.Reason.ShouldBe("no_price"));
    }

    [Fact]
    public async Task A_list_whose_second_key_is_somebody_elses_order_is_refused()
    {
        await Place(StopLimit, key: "mine.1");

        var outcome = await Submit(Command("mine", null, (StopLimit, 1m, OrderLeg.Target), (StopLimit, 0m, OrderLeg.Stop)));

        outcome.Refused!.Code.ShouldBe(ErrorCode.IdempotencyMismatch);
    }

    [Fact]
    public async Task The_second_replacement_of_a_batch_is_told_that_the_order_has_ended()
    {
        var old = await Place(StopLimit);
        var outcomes = await _subject.Place([Command("a", old.Id, (StopLimit, 50_000m, null)), Command("b", old.Id, (StopLimit, 50_000m, null))]);

        outcomes[0].Refused.ShouldBeNull();
        outcomes[1].Refused.ShouldSatisfyAllConditions(refused => refused!.Code.ShouldBe(ErrorCode.AlreadyFinal), refused => refused!.Value.ShouldBe("canceled"));
    }

    private static Decision Fired(OrderRow order, decimal price) => new()
    {
        OrderId = order.Id,
        FillsBefore = order.Fills,
        Revision = order.Revision,
        FiredBy = new FillCause(CauseKind.Trade, 1, new Price(price), 1),
        TimeMs = 1,
    };

    private static Decision Fills(OrderRow order, decimal quantity, decimal price = 100m) => new()
    {
        OrderId = order.Id,
        FillsBefore = order.Fills,
        Revision = order.Revision,
        Fills = [new DecidedFill(new Price(price), new Quantity(quantity), Maker: true, new FillCause(CauseKind.Trade, 1, new Price(price), 1))],
        TimeMs = 3,
    };

    private static PlaceCommand Command(string key, long? replaces, params (OrderTerms Terms, decimal Hold, OrderLeg? Leg)[] orders) => new()
    {
        User = new UserId(User),
        Account = Account,
        Key = key,
        Hash = [1],
        Orders = [.. orders.Select(order => new ProposedOrder(order.Terms, Pair, new Money(order.Hold, order.Terms.Side == Side.Buy ? Pair.Quote : Pair.Base), order.Leg))],
        Replaces = replaces,
        Now = DateTimeOffset.UnixEpoch,
    };

    private async Task<Placed> Submit(PlaceCommand command) => (await _subject.Place([command]))[0];

    private async Task<OrderRow> Place(OrderTerms terms, decimal hold = 101m, string? key = null) => (await Submit(Command(key ?? $"k{++_key}", null, (terms, hold, null)))).Orders[0];

    private async Task<IReadOnlyList<OrderRow>> PlaceList(params (OrderTerms Terms, decimal Hold, OrderLeg? Leg)[] orders) => (await Submit(Command($"k{++_key}", null, orders))).Orders;

    private async Task<(OrderRow Entry, OrderRow Target, OrderRow Stop)> Bracket()
    {
        var entry = new OrderTerms { Side = Side.Buy, Type = OrderType.Limit, Price = 100m, Quantity = 1m };
        var target = new OrderTerms { Side = Side.Sell, Type = OrderType.Limit, Price = 130m };
        var rows = await PlaceList((entry, 100m, OrderLeg.Entry), (target, 0m, OrderLeg.Target), (target with { Type = OrderType.StopLoss, Price = null, TriggerPrice = 80m }, 0m, OrderLeg.Stop));
        return (rows[0], rows[1], rows[2]);
    }

    private async Task Fire(OrderRow order) => (await Decide(Fired(order, 100m))).ShouldBeTrue();

    private async Task<bool> Decide(Decision decision) => (await _subject.Decide([decision]))![0];
}
