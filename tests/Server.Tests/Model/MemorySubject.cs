using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Core.Orders;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Wallets;

namespace Lastro.Server.Tests.Model;

/// <summary>The server's rules with rows and balances in memory. Balances follow from journals and from nothing else, as in the database.</summary>
internal sealed class MemorySubject(ModelWorld world) : ISubject
{
    private readonly Dictionary<long, OrderRow> _rows = [];
    private readonly Dictionary<long, List<long>> _lists = [];
    private readonly Dictionary<(Guid Account, string Key), OrderRow> _keys = [];
    private readonly Dictionary<(Guid Account, string Asset), (decimal Available, decimal Held)> _balances = [];
    private readonly HashSet<string> _events = [];
    private readonly Dictionary<Guid, int> _seasons = [];
    private long _order;
    private long _fill;
    private long _nowMs = 1_800_000_000_000;

    public long Journals { get; private set; }

    public void Grant(Guid account, Money amount) => Post([Core.Ledger.Journals.Grant(account, amount, Now)]);

    public ValueTask<IReadOnlyList<Placed>> Place(IReadOnlyList<PlaceCommand> batch)
    {
        var reading = new IntakeReading();
        Read(reading.Funds, batch.Select(command => command.Account).Distinct());
        foreach (var command in batch)
        {
            for (var place = 0; place < Math.Max(1, command.Orders.Count); place++)
            {
                if (!_keys.TryGetValue((command.Account, OrderKeys.OfLeg(command.Key, place)), out var known)) continue;
                foreach (var row in known.ListId is { } list ? _lists[list].Select(id => _rows[id]) : [_rows.GetValueOrDefault(known.Id, known)])
                    reading.Known[(row.AccountId, row.ClientOrderId)] = row;
            }

            foreach (var _ in command.Orders) reading.Drawn(++_order);
        }

        var replaced = WithLists(batch.Where(command => command.Replaces is not null).Select(command => command.Replaces!.Value));
        var settlement = new Settlement(world.Fees, world.Pair, replaced, reading.Funds);
        var decider = new IntakeDecider(reading, settlement);
        foreach (var command in batch) decider.Decide(command);
        Keep(settlement);
        foreach (var row in decider.Accepted)
        {
            if (!_keys.TryAdd((row.AccountId, row.ClientOrderId), row)) throw new ModelException($"{row.ClientOrderId} is taken twice");
            Store(row);
        }

        Post([.. decider.Accepted.Where(row => row.Held > 0m).Select(row => Core.Ledger.Journals.Hold(row.Id, row.AccountId, new Money(row.Held, new Asset(row.HoldAsset)), Now))]);
        decider.TellAll();
        return Answers(batch);
    }

    public ValueTask<IReadOnlyList<bool>?> Decide(IReadOnlyList<Decision> decisions)
    {
        var settlement = Settle(decisions.Select(decision => decision.OrderId));
        IReadOnlyList<bool> counted = [.. decisions.Select(settlement.Apply)];
        Keep(settlement);
        return new(counted);
    }

    public ValueTask<bool> Cancel(OrderRow order)
    {
        var settlement = Settle([order.Id]);
        var done = settlement.Cancel(order.Id, Now);
        Keep(settlement);
        return new(done);
    }

    public ValueTask CancelAll(Guid account, string? symbol)
    {
        var open = _rows.Values.Where(row => row.AccountId == account && row.IsOpen && (symbol is null || row.Symbol == symbol)).Select(row => row.Id).Order().ToList();
        var settlement = Settle(open);
        foreach (var id in open) _ = settlement.Cancel(id, Now);
        Keep(settlement);
        return default;
    }

    public ValueTask<bool> Amend(OrderRow amended, Money need)
    {
        var settlement = Settle([amended.Id]);
        var done = settlement.Amend(amended, need, Now);
        Keep(settlement);
        return new(done);
    }

    public ValueTask Pause(OrderRow order, bool pause)
    {
        var settlement = Settle([order.Id]);
        if (settlement.Move(order.Id, pause ? OrderEvent.Pause : OrderEvent.Resume, Now) is null) throw new ModelException($"{order.Id} cannot be paused or resumed");
        Keep(settlement);
        return default;
    }

    public ValueTask<bool> Retry(OrderRow order, Money need)
    {
        var settlement = Settle([order.Id]);
        var done = settlement.Retry(order, need, Now);
        Keep(settlement);
        return new(done);
    }

    public async ValueTask Reset(Guid account, decimal grant)
    {
        await CancelAll(account, null);
        var season = _seasons.GetValueOrDefault(account, 1);
        var owned = _balances.Where(pair => pair.Key.Account == account && pair.Value.Available != 0m).Select(pair => new Money(pair.Value.Available, new Asset(pair.Key.Asset))).ToList();
        if (owned.Count > 0) Post([Core.Ledger.Journals.Reset(account, season, owned, Now)]);
        Post([Core.Ledger.Journals.Grant(account, new Money(grant, world.Pairs[0].Quote), Now, season + 1)]);
        _seasons[account] = season + 1;
    }

    public ValueTask<OrderRow> Row(long id) => new(_rows[id]);

    public ValueTask<(decimal Available, decimal Held)> Balance(Guid account, string asset) => new(_balances.GetValueOrDefault((account, asset)));

    public decimal? House(string house, string asset) => _balances.GetValueOrDefault((HouseOf(house), asset)).Available;

    public void Forget(long id)
    {
        if (!_rows.Remove(id, out var row)) return;
        _ = _keys.Remove((row.AccountId, row.ClientOrderId));
        if (row.ListId is { } list && _lists[list].TrueForAll(other => !_rows.ContainsKey(other))) _ = _lists.Remove(list);
    }

    private static Guid HouseOf(string house) => house switch
    {
        ModelBank.Issuer => Core.Ledger.House.Issuer,
        ModelBank.Market => Core.Ledger.House.Market,
        _ => Core.Ledger.House.Fees,
    };

    private static async ValueTask<IReadOnlyList<Placed>> Answers(IReadOnlyList<PlaceCommand> batch)
    {
        var answers = new List<Placed>(batch.Count);
#pragma warning disable VSTHRD003 // The writer has completed it.
        foreach (var command in batch) answers.Add(await command.Answer.Task);
#pragma warning restore VSTHRD003
        return answers;
    }

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(++_nowMs);

    private Settlement Settle(IEnumerable<long> ids)
    {
        var rows = WithLists(ids);
        var funds = new Funds();
        Read(funds, rows.Select(row => row.AccountId).Distinct());
        return new Settlement(world.Fees, world.Pair, rows, funds);
    }

    private List<OrderRow> WithLists(IEnumerable<long> ids)
    {
        var all = new SortedSet<long>();
        foreach (var id in ids)
        {
            if (!_rows.TryGetValue(id, out var row)) continue;
            if (row.ListId is { } list) all.UnionWith(_lists[list]);
            else all.Add(id);
        }

        return [.. all.Select(id => _rows[id])];
    }

    private void Read(Funds funds, IEnumerable<Guid> accounts)
    {
        foreach (var account in accounts)
        {
            var user = world.Accounts.FirstOrDefault(one => one.Account == account).User;
            if (user == Guid.Empty) continue;
            foreach (var asset in world.Pairs.SelectMany(pair => new[] { pair.Base, pair.Quote }))
                funds.Put(account, new FundedAccount(new UserId(user), "default", 0, null), new Money(_balances.GetValueOrDefault((account, asset.Code)).Available, asset));
        }
    }

    private void Keep(Settlement settlement)
    {
        foreach (var row in settlement.Changed)
        {
            Transitions.Check(_rows[row.Id], row);
            Store(row);
        }

        Post(settlement.AllJournals([.. settlement.Fills.Select(_ => ++_fill)]));
    }

    private void Store(OrderRow row)
    {
        if (!row.IsOpen && row.Held != 0m) throw new ModelException($"{row.Id} has ended and holds {row.Held}");
        if (row.Status is OrderStatus.Triggered or OrderStatus.New or OrderStatus.PartiallyFilled && row.Held <= 0m) throw new ModelException($"{row.Id} works and holds nothing");
        if (row.FilledQuantity > row.Quantity || row.Held < 0m || row.Held > row.HoldAmount) throw new ModelException($"{row.Id} breaks a constraint of its table");
        if (row.Status == OrderStatus.Filled && row.Quantity is { } wanted && wanted != row.FilledQuantity) throw new ModelException($"{row.Id} is filled with {row.FilledQuantity}");
        if (row.ListId is { } list && !_rows.ContainsKey(row.Id)) (_lists.TryGetValue(list, out var known) ? known : _lists[list] = []).Add(row.Id);
        _rows[row.Id] = row;
    }

    private void Post(IReadOnlyList<Journal> journals)
    {
        foreach (var journal in journals)
        {
            Journals++;
            if (LedgerChecks.Fault(journal) is { } fault) throw new ModelException($"{journal.BusinessKey}: {fault}");
            if (!_events.Add(journal.BusinessKey)) throw new ModelException($"{journal.BusinessKey} is booked twice");
            foreach (var line in journal.Postings)
            {
                var now = _balances.GetValueOrDefault((line.Account, line.Asset.Code));
                _balances[(line.Account, line.Asset.Code)] = line.Bucket == Bucket.Held ? (now.Available, now.Held + line.Amount) : (now.Available + line.Amount, now.Held);
            }

            // Sums by whole numbers, not by the subject's own check.
            foreach (var asset in journal.Postings.GroupBy(line => line.Asset))
            {
                if (!asset.Aggregate(System.Numerics.BigInteger.Zero, (sum, line) => sum + Units.Of(line.Amount)).IsZero) throw new ModelException($"{journal.BusinessKey} does not add up");
            }
        }

        // A statement's postings take effect together.
        foreach (var line in journals.SelectMany(journal => journal.Postings))
        {
            if (world.Accounts.Any(one => one.Account == line.Account) && _balances[(line.Account, line.Asset.Code)] is var now && (now.Available < 0m || now.Held < 0m))
                throw new ModelException($"{line.Account} owns {now} of {line.Asset}");
        }
    }
}
