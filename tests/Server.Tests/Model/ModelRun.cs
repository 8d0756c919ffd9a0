using System.Numerics;
using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>One seeded run: operations by chance, each applied to the model and the subject, and both compared after each.</summary>
internal sealed class ModelRun
{
    private const int OpenPerAccount = 24;
    private const int Remembered = 300;

    private readonly ModelWorld _world;
    private readonly ISubject _subject;
    private readonly Chance _chance;
    private readonly ModelDesk _desk;
    private readonly DraftMaker _drafts;
    private readonly DecisionMaker _decisions;
    private readonly ModelIntake _intake;
    private readonly ModelOwner _owner;
    private readonly ModelOrders _orders = new(Remembered);
    private readonly List<Decision> _late = [];
    private readonly List<Decision> _sent = [];

    public ModelRun(ModelWorld world, ISubject subject, int seed)
    {
        (_world, _subject, _chance) = (world, subject, new Chance(seed));
        _desk = new ModelDesk(Units.Of(world.Fees.Maker), Units.Of(world.Fees.Taker), Tally);
        _drafts = new DraftMaker(world, _chance, _desk, Tally);
        _decisions = new DecisionMaker(_chance, _drafts, Tally);
        _intake = new ModelIntake(world, _desk, _orders, Tally);
        _owner = new ModelOwner(world, subject, _chance, (_desk, _drafts, _orders), Tally);
        foreach (var (account, _) in world.Accounts) _desk.Bank.Grant(account, world.Pairs[0].Quote.Code, Units.Of(world.Grant));
    }

    public Tally Tally { get; } = new();

    public async Task Run(long operations, int sweepEvery)
    {
        var next = (long)sweepEvery;
        while (Tally.Operations < operations)
        {
            await Step();
            await Compare();
            if (Tally.Operations < next) continue;
            next += sweepEvery;
            await Sweep();
        }

        await Deliver(_late.Count);
        await Compare();
        await Sweep();
    }

    private async Task Step()
    {
        Tally.Operations++;
        var account = _chance.Of(_world.Accounts).Account;
        var open = _orders.Open(account);
        switch (_chance.Next(100))
        {
            case < 30 when open.Count < OpenPerAccount:
                await Place(account);
                break;
            case < 72 when open.Count > 0:
                await Decide(open);
                break;
            case < 76:
                await Deliver(Math.Min(_late.Count, 3));
                break;
            case < 80:
                await Repeat();
                break;
            case < 84:
                await Race(open);
                break;
            default:
                await _owner.Act(account, open);
                break;
        }
    }

    private async Task Place(Guid account)
    {
        var batch = _intake.Batch(_chance, _drafts, account);
        if (batch.Count == 0) return;
        Tally.Operations += batch.Count - 1;
        var outcomes = await _subject.Place([.. batch.Select(asked => asked.Command)]);
        _intake.Check(batch, outcomes);
    }

    private async Task Decide(IReadOnlyList<ModelOrder> open)
    {
        var made = new List<Decision>();
        foreach (var order in Enumerable.Range(0, _chance.Percent(70) ? 1 : 3).Select(_ => _chance.Of(open)).Distinct())
        {
            // Two orders of one list in one batch would be decided on what the first has changed.
            if (made.Exists(other => _desk.Find(other.OrderId)!.List is { } list && list == order.List)) continue;
            if (_decisions.On(order) is { } decision) made.Add(decision);
        }

        if (made.Count == 0) return;
        Tally.Operations += made.Count - 1;
        if (_chance.Percent(12) && made.TrueForAll(decision => _desk.Find(decision.OrderId)!.List is null)) _late.AddRange(made);
        else await Apply(made);
    }

    /// <summary>Decisions that were on their way while other things happened.</summary>
    private async Task Deliver(int count)
    {
        if (count == 0) return;
        var due = _late.GetRange(0, count);
        _late.RemoveRange(0, count);
        due.RemoveAll(decision => _desk.Find(decision.OrderId) is null);
        foreach (var decision in due.Where(decision => decision.Revision != _desk.Find(decision.OrderId)!.Revision)) Tally.Add(Case.OlderRevision);
        if (due.Count > 0 && (await Apply(due)).Any(counted => counted)) Tally.Add(Case.LateDecisionCounted);
    }

    /// <summary>A batch whose outcome was not known is written again.</summary>
    private async Task Repeat()
    {
        if (_sent.Count == 0) return;
        var again = _chance.Of(_sent);
        if (_desk.Find(again.OrderId) is not { } order) return;
        if (again.Fills.Count > 0) Tally.Add(order.Status == "canceled" ? Case.DuplicateAfterACancel : Case.DuplicateOfAFill);
        if (again.FiredBy is not null) Tally.Add(Case.DuplicateOfAFiring);
        if (again.End is not null) Tally.Add(Case.DuplicateOfAnEnd);
        if (again.Works && order.Status == "new") Tally.Add(Case.DuplicateOfWorking);
        await Apply([again]);
    }

    /// <summary>A bracket's entry is filled and its exit acts on that at once, while the owner does something to the list.</summary>
    private async Task Race(IReadOnlyList<ModelOrder> open)
    {
        if (open.FirstOrDefault(order => order is { Leg: "entry", IsLimit: true, Works: true } && order.Rest > order.Pair.Step) is not { } entry) return;
        var (target, stop) = (_desk.ListOf(entry)[1], _desk.ListOf(entry)[2]);
        if (!target.IsOpen || !stop.IsOpen || stop.Status == "paused") return;
        var quantity = _chance.Steps(entry.Rest - entry.Pair.Step, entry.Pair.Step);
        var fee = ModelHolds.Fee(quantity, Units.Of(_world.Fees.Maker));
        var exits = Units.Floor(entry.Filled + quantity - entry.Fee - fee, entry.Pair.Step);
        var fill = _decisions.Begin(entry) with { Fills = [_decisions.Share(entry.Price!.Value, quantity, maker: true)] };
        if (exits.IsZero)
        {
            await Apply([fill]);
            return;
        }

        var fires = _chance.Percent(50);
        var exit = fires
            ? _decisions.Fire(stop)
            : _decisions.Begin(target) with { Fills = [_decisions.Share(target.Price!.Value, exits, maker: true)], End = Core.Orders.OrderEvent.FillLast };
        switch (_chance.Next(3))
        {
            case 0:
                Tally.Add(Case.EntryCanceledWithFillsUnderWay);
                await _owner.Cancel(entry);
                break;
            case 1:
                Tally.Add(Case.EntryAmendedWithFillsUnderWay);
                await _owner.Amend(entry);
                break;
            default:
                Tally.Add(fires ? Case.StopFiredOverABracketsOpenEntry : Case.TargetFilledOverABracketsOpenEntry);
                break;
        }

        await Compare();
        await Apply([fill, exit]);
    }

    private async Task<IReadOnlyList<bool>> Apply(List<Decision> decisions)
    {
        IReadOnlyList<bool> expected = [.. decisions.Select(_desk.Apply)];
        var counted = await _subject.Decide(decisions);
        for (var index = 0; counted is not null && index < expected.Count; index++)
        {
            if (counted[index] != expected[index]) throw new ModelException($"{decisions[index]} counted: {counted[index]}; by the model: {expected[index]}; {_desk.Find(decisions[index].OrderId)}");
        }

        _sent.AddRange(decisions.Where((_, index) => expected[index]));
        if (_sent.Count > Remembered) _sent.RemoveRange(0, _sent.Count - Remembered);
        return expected;
    }

    /// <summary>What this operation has touched, and the accounts behind it.</summary>
    private async Task Compare()
    {
        foreach (var order in _desk.Touched) ModelOrders.Same(order, await _subject.Row(order.Id));
        foreach (var forgotten in _orders.Follow(_desk.Touched))
        {
            _desk.Forget(forgotten);
            _subject.Forget(forgotten.Id);
        }

        foreach (var account in _desk.Touched.Select(order => order.Account).Distinct()) await SameMoney(account);
        _desk.Touched.Clear();
    }

    private async Task SameMoney(Guid account)
    {
        foreach (var asset in _world.Pairs.SelectMany(pair => new[] { pair.Base.Code, pair.Quote.Code }).Distinct())
        {
            var (model, real) = (_desk.Bank.Of(account, asset), await _subject.Balance(account, asset));
            if (model.Available != Units.Of(real.Available) || model.Held != Units.Of(real.Held)) throw new ModelException($"{account} owns {real} {asset}, by the model {model}");
            var held = _orders.Open(account).Where(order => order.HoldAsset == asset).Aggregate(BigInteger.Zero, (sum, order) => sum + order.Held);
            if (held != model.Held) throw new ModelException($"{account} keeps {model.Held} {asset} back, its open orders {held}");
        }
    }

    /// <summary>Everything that is known, touched or not; and all accounts together own nothing.</summary>
    private async Task Sweep()
    {
        foreach (var order in _orders.All) ModelOrders.Same(order, await _subject.Row(order.Id));
        foreach (var (account, _) in _world.Accounts) await SameMoney(account);
        foreach (var (house, asset) in _desk.Bank.HousePlaces)
        {
            if (_subject.House(house, asset) is { } real && Units.Of(real) != _desk.Bank.Of(house, asset)) throw new ModelException($"{house} owns {real} {asset}");
        }

        foreach (var asset in _desk.Bank.HousePlaces.Select(place => place.Asset).Distinct())
        {
            var users = _desk.Bank.Places.Where(place => place.Asset == asset).Aggregate(BigInteger.Zero, (sum, place) => sum + _desk.Bank.Of(place.Account, asset).Available + _desk.Bank.Of(place.Account, asset).Held);
            var houses = new[] { ModelBank.Issuer, ModelBank.Market, ModelBank.Fees }.Aggregate(BigInteger.Zero, (sum, house) => sum + _desk.Bank.Of(house, asset));
            if (!(users + houses).IsZero) throw new ModelException($"All {asset} together are {users + houses}");
        }
    }
}
