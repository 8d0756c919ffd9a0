using Lastro.Core.Triggers;

namespace Lastro.Core.Tests.Triggers;

/// <summary>Random operations on a book and its naive twin; what differs throws, and what came up is counted.</summary>
/// <param name="seed">Of all chance.</param>
/// <param name="decimals">Of prices.</param>
/// <param name="most">Orders at one time.</param>
/// <param name="spread">How far from the market triggers are placed, in ticks.</param>
internal sealed class TriggerRun(int seed, int decimals, int most, int spread)
{
    private static readonly int[] _deltas = [1, 7, 25, 100, 100, 200, 500, 1_000, 5_000, 9_999];
    private readonly Random _random = new(seed);
    private readonly decimal _tick = new(1, 0, 0, false, (byte)decimals);
    private readonly NaiveTriggers _naive = new();
    private readonly Dictionary<long, decimal> _kept = [];
    private readonly HashSet<long> _amended = [];
    private readonly List<Fired> _fired = [];
    private readonly List<MovedExtreme> _moved = [];
    private TriggerBook _book = new(decimals);
    private long _next = 1;
    private long _ticks = 10_000;

    /// <summary>How often each combination came up.</summary>
    public Dictionary<string, int> Seen { get; } = Wanted.ToDictionary(what => what, _ => 0);

    public int MostAtOnce { get; private set; }

    private static string[] Wanted =>
    [
        "idle", "activated", "activated and fired", "first trade became the extreme", "merged", "merged into a standing cluster",
        "fired many", "fired up and down", "fired at the very threshold", "fired off the grid",
        "one threshold, triggers", "one threshold, trigger and trailing", "one threshold, two clusters", "one threshold, one cluster",
        "one threshold, the amended goes first", "removed the next to fire", "removed out of a cluster", "removed a waiting one",
        "removed with news untold", "told in parts", "restarted",
    ];

    public void Operate(int operations)
    {
        for (var done = 0; done < operations; done++)
        {
            Step(done);
            _book.Count.ShouldBe(_naive.Orders.Count);
            MostAtOnce = Math.Max(MostAtOnce, _book.Count);
            if (_naive.Orders.Count > 0) CheckOne(Any());
            if (done % 1_000 != 999) continue;
            Drain();
            _naive.Orders.ForEach(CheckOne);
            if (_random.Next(10) == 0) Restart();
        }
    }

    private void Step(int done)
    {
        // Half the time the book fills up to its most, half the time it runs dry.
        var filling = done / (most * 6) % 2 == 0;
        switch (_random.Next(20))
        {
            case < 9 when filling && _naive.Orders.Count < most: Add(NewOrder(_next++)); break;
            case < 2 when _naive.Orders.Count < most: Add(NewOrder(_next++)); break;
            case 9 when _naive.Orders.Count > 0: Remove(Any()); break;
            case 10 when _naive.Orders.Count > 0: Amend(Any()); break;
            case 11: Tell(1 + _random.Next(8)); break;
            case 12 when _random.Next(20) == 0: AddOfOneThreshold(); break;
            default: Trade(NextTicks()); break;
        }
    }

    private decimal Near(int ticks) => Math.Max(1, _ticks + _random.Next(-ticks, ticks + 1)) * _tick;

    private NaiveOrder Any() => _naive.Orders[_random.Next(_naive.Orders.Count)];

    private NaiveOrder NewOrder(long id)
    {
        var up = _random.Next(2) == 0;
        var delta = _random.Next(3) == 0 ? _deltas[_random.Next(_deltas.Length)] : 1 + _random.Next(2 * spread);
        return _random.Next(10) switch
        {
            < 4 => new NaiveOrder { Id = id, Up = up, Trigger = Near(spread) },
            < 6 => new NaiveOrder { Id = id, Up = up, DeltaBps = delta, Activation = Near(spread) },
            6 => new NaiveOrder { Id = id, Up = up, DeltaBps = delta, Extreme = Near(200) },
            7 when _random.Next(4) == 0 => new NaiveOrder { Id = id, Up = up, DeltaBps = delta },
            _ => new NaiveOrder { Id = id, Up = up, DeltaBps = delta, Extreme = _ticks * _tick },
        };
    }

    private void Add(NaiveOrder order)
    {
        order.AddTo(_book);
        _naive.Orders.Add(order);
        if (order is { DeltaBps: > 0, Extreme: { } extreme }) _kept[order.Id] = extreme;
    }

    // 10000*(1 - 1 %) = 11000*(1 - 10 %) = 9900 and 10000*(1 + 1 %) = 8080*(1 + 25 %) = 10100, also as plain triggers.
    private void AddOfOneThreshold()
    {
        NaiveOrder[] orders =
        [
            new() { Id = _next++, Up = false, DeltaBps = 100, Extreme = 10_000 * _tick },
            new() { Id = _next++, Up = false, DeltaBps = 1_000, Extreme = 11_000 * _tick },
            new() { Id = _next++, Up = false, Trigger = 9_900 * _tick },
            new() { Id = _next++, Up = true, DeltaBps = 100, Extreme = 10_000 * _tick },
            new() { Id = _next++, Up = true, DeltaBps = 2_500, Extreme = 8_080 * _tick },
            new() { Id = _next++, Up = true, Trigger = 10_100 * _tick },
            new() { Id = _next++, Up = true, Trigger = 9_900 * _tick },
        ];
        _random.Shuffle(orders);
        foreach (var order in orders.Where(_ => _random.Next(4) > 0))
            Add(order);
    }

    private void Remove(NaiveOrder order)
    {
        _book.Remove(order.Id + 1_000_000_000).ShouldBeFalse();
        if (order.Threshold is { } at && _naive.Orders.TrueForAll(other => other.Up != order.Up || !(order.Up ? other.Threshold < at : other.Threshold > at)))
            See("removed the next to fire");
        if (order is { DeltaBps: > 0, Activation: null } && _naive.Orders.Count(other => other.Up == order.Up && other.DeltaBps > 0 && other.Extreme == order.Extreme) > 2)
            See("removed out of a cluster");
        if (order.Activation is not null) See("removed a waiting one");
        if (order.Extreme is { } extreme && _kept.TryGetValue(order.Id, out var kept) && kept != extreme) See("removed with news untold");
        TakeOut(order);
    }

    private void TakeOut(NaiveOrder order)
    {
        _book.Remove(order.Id).ShouldBeTrue();
        _book.Contains(order.Id).ShouldBeFalse();
        _naive.Orders.Remove(order).ShouldBeTrue();
        _kept.Remove(order.Id);
    }

    private void Amend(NaiveOrder order)
    {
        TakeOut(order);
        Add(NewOrder(order.Id));
        _amended.Add(order.Id);
    }

    private long NextTicks()
    {
        var step = (_random.Next(40)) switch
        {
            0 => _random.Next(-150, 151),
            < 12 => 0,
            < 26 => _random.Next(-3, 4),
            _ => _random.Next(-15, 16),
        };
        // Back towards the middle, so that old thresholds are met again.
        return Math.Clamp(_ticks + step - Math.Sign((_ticks - 10_000) / 400), 9_000, 11_500);
    }

    private void Trade(long ticks)
    {
        _ticks = ticks;
        var price = ticks * _tick;
        var expected = _naive.Trade(price);
        _fired.Clear();
        _book.OnTrade(new Price(_random.Next(2) == 0 ? price : price * 1.00m), _fired);
        if (expected.Count > 0 || _fired.Count > 0)
            _fired.ShouldBe(expected.Select(order => new Fired(order.Id, new Price(order.Threshold!.Value))), $"seed {seed}");
        expected.ForEach(order => _kept.Remove(order.Id));
        Count(expected);
        expected.ForEach(order => _amended.Remove(order.Id));
    }

    private void Count(List<NaiveOrder> fired)
    {
        See("idle", fired.Count + _naive.Moved.Count + _naive.Activated.Count == 0);
        See("activated", _naive.Activated.Count > 0);
        See("activated and fired", _naive.Activated.Count > 0 && fired.Count > 0);
        See("first trade became the extreme", _naive.Moved.Exists(moved => moved.Before is null));
        See("merged", _naive.Moved.Exists(moved => _naive.Moved.Exists(other => other.Order.Up == moved.Order.Up && other.Before != moved.Before)));
        See("merged into a standing cluster", _naive.Moved.Count > 0 && _naive.Orders.Exists(order =>
            order.DeltaBps > 0 && order.Extreme == _ticks * _tick && _naive.Moved.TrueForAll(moved => moved.Order != order) && _naive.Moved.Exists(moved => moved.Order.Up == order.Up)));
        if (fired.Count == 0) return;
        See("fired many", fired.Count >= 5);
        See("fired up and down", fired.Exists(order => order.Up) && fired.Exists(order => !order.Up));
        See("fired at the very threshold", fired.Exists(order => order.Threshold == _ticks * _tick));
        See("fired off the grid", fired.Exists(order => order.Threshold % _tick != 0));
        foreach (var (first, second) in fired.Zip(fired.Skip(1)).Where(pair => pair.First.Up == pair.Second.Up && pair.First.Threshold == pair.Second.Threshold))
        {
            See("one threshold, triggers", first.DeltaBps + second.DeltaBps == 0);
            See("one threshold, trigger and trailing", first.DeltaBps > 0 != second.DeltaBps > 0);
            See("one threshold, two clusters", first.DeltaBps > 0 && second.DeltaBps > 0 && first.Extreme != second.Extreme);
            See("one threshold, one cluster", first.DeltaBps > 0 && first.DeltaBps == second.DeltaBps);
            See("one threshold, the amended goes first", _amended.Contains(first.Id));
        }
    }

    private void See(string what, bool seen = true) => Seen[what] += seen ? 1 : 0;

    private void CheckOne(NaiveOrder order)
    {
        _book.Contains(order.Id).ShouldBeTrue();
        _book.ExtremeOf(order.Id)?.Value.ShouldBe(order.Extreme!.Value, $"seed {seed}");
        _book.ExtremeOf(order.Id).HasValue.ShouldBe(order.Extreme.HasValue);
    }

    private bool Tell(int limit)
    {
        _moved.Clear();
        var more = _book.TakeMoved(limit, _moved);
        _moved.Count.ShouldBeLessThanOrEqualTo(limit);
        foreach (var (id, extreme) in _moved)
        {
            // Something new each time, and what is true now.
            (_kept.TryGetValue(id, out var kept) && kept == extreme.Value).ShouldBeFalse();
            _book.ExtremeOf(id).ShouldBe(extreme);
            _kept[id] = extreme.Value;
        }

        See("told in parts", more && _moved.Count > 0);
        return more;
    }

    private void Drain()
    {
        for (var calls = 0; Tell(16); calls++)
            calls.ShouldBeLessThan(_naive.Orders.Count + 1_000);
        var trailing = _naive.Orders.Where(order => order.Extreme.HasValue).ToList();
        _kept.Count.ShouldBe(trailing.Count, $"seed {seed}");
        trailing.ForEach(order => _kept[order.Id].ShouldBe(order.Extreme!.Value, $"seed {seed}"));
    }

    // What the database would give back, in no particular order.
    private void Restart()
    {
        See("restarted");
        _book = new TriggerBook(decimals);
        var orders = _naive.Orders.ToArray();
        _random.Shuffle(orders);
        foreach (var order in orders)
            order.AddTo(_book);
    }
}
