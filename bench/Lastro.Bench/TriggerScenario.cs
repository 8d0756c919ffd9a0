using System.Globalization;
using Lastro.Bounds;
using Lastro.Core;
using Lastro.Core.Triggers;

namespace Lastro.Bench;

/// <summary>A million conditional orders of one pair: half stops, a third takes, the rest trailing stops; half of each fire up, half down.</summary>
internal static class TriggerScenario
{
    private const int Orders = 1_000_000;
    private const int Decimals = 2;
    private const long Start = 6_700_000;
    private const long Range = Start / 5;

    public static Task Run(string shared)
    {
        var before = GC.GetTotalMemory(true);
        var walk = new Walk();
        var bytes = (GC.GetTotalMemory(true) - before) / (double)Orders;
        var (up, down) = BareHeaps();

        var prices = Enumerable.Range(0, 1_024).Select(index => Start + (index % 3)).ToArray();
        var money = prices.Select(PriceOf).ToArray();
        var fired = new List<Fired>();
        var idle = Meter.Measure(money.Length, () =>
        {
            foreach (var price in money) walk.Book.OnTrade(price, fired);
        });
        var met = 0;
        var idleBound = Meter.Measure(prices.Length, () =>
        {
            foreach (var price in prices)
            {
                if (price >= up.Top || -price >= down.Top) met++;
            }
        });
        if (fired.Count + met > 0) throw new InvalidDataException("an idle tick fired");
        Meter.Print("triggers, idle tick at 1 M", idle, "two comparisons", idleBound, ">= 100 M/s (10 ns)");

        var fire = Meter.Measure(Walk.Fires, walk.Once);
        var bare = new BareWalk(up);
        var fireBound = Meter.Measure(Walk.Fires, bare.Once);
        Meter.Print("triggers, fire and replace at 1 M", fire, "bare heaps of numbers", fireBound, ">= 1.67 M/s (0.6 us)");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{"triggers, memory at 1 M",-34} {bytes,8:F1} bytes an order, everything included; {"bare heaps of numbers",-34} 8.0 | wanted <= 120"));
        Extremes(prices.Length);
        GC.KeepAlive(walk);
        return Task.CompletedTask;
    }

    // Every trade is a new high for a million trailing stops: they share one extreme.
    private static void Extremes(int trades)
    {
        var (book, fired, price) = (new TriggerBook(Decimals), new List<Fired>(), Start);
        for (var id = 0; id < Orders; id++)
            book.AddTrailing(id, TriggerDirection.Down, 100 + (id % 5_000), PriceOf(Start + (id % 50_000)));
        var ours = Meter.Measure(trades, () =>
        {
            for (var trade = 0; trade < trades; trade++) book.OnTrade(PriceOf(++price), fired);
        });
        var (bound, high) = (Start, 0L);
        var theirs = Meter.Measure(trades, () =>
        {
            for (var trade = 0; trade < trades; trade++) high = Math.Max(high, ++bound);
        });
        if (fired.Count > 0 || high != bound) throw new InvalidDataException("a rising market fired a sell's trailing stop");
        Meter.Print("triggers, new high of 1 M trailing", ours, "one maximum", theirs);
    }

    private static Price PriceOf(long ticks) => new(new decimal((int)ticks, (int)(ticks >> 32), 0, false, Decimals));

    private static (BareHeap Up, BareHeap Down) BareHeaps()
    {
        var (up, down, random) = (new BareHeap(Orders), new BareHeap(Orders), new Random(7));
        for (var order = 0; order < Orders / 2; order++)
        {
            up.Add(Start + 10 + random.NextInt64(Range));
            down.Add(-(Start - 10 - random.NextInt64(Range)));
        }

        return (up, down);
    }

    /// <summary>A rising market; whoever it fires is replaced by one of the same kind at a price of chance.</summary>
    private sealed class Walk
    {
        public const int Fires = 10_000;
        private const int Kinds = 12;

        private readonly Chance _chance = new();
        private readonly List<Fired> _fired = [];
        private long _market = Start;
        private long _next = (Orders / Kinds * Kinds) + Kinds;

        public Walk()
        {
            for (var id = 0; id < Orders; id++) Add(id);
        }

        public TriggerBook Book { get; } = new(Decimals);

        public void Once()
        {
            for (var fires = 0; fires < Fires; fires += _fired.Count)
            {
                _market = Step(_chance, _market);
                _fired.Clear();
                Book.OnTrade(PriceOf(_market), _fired);
                foreach (var one in _fired) Add((_next += Kinds) + (one.Id % Kinds));
            }
        }

        // The id says the kind: ten stops and takes, a sell's and a buy's trailing stop.
        private void Add(long id)
        {
            var direction = id % 2 == 0 ? TriggerDirection.Up : TriggerDirection.Down;
            var away = id % Kinds < 10 ? 10 + _chance.Below((int)Range) : -2 - _chance.Below(50_000);
            var price = PriceOf(direction == TriggerDirection.Up ? _market + away : _market - away);
            if (id % Kinds < 10) Book.AddTrigger(id, direction, price);
            else Book.AddTrailing(id, direction, 100 + _chance.Below(1_900), price);
        }
    }

    private sealed class BareWalk(BareHeap up)
    {
        private readonly Chance _chance = new();
        private long _market = Start;

        public void Once()
        {
            for (var fires = 0; fires < Walk.Fires;)
            {
                _market = Step(_chance, _market);
                for (; up.Top <= _market; fires++)
                {
                    up.RemoveTop();
                    up.Add(_market + 10 + _chance.Below((int)Range));
                }
            }
        }
    }

    // Always up, over new ground: about one order fires at a trade.
    private static long Step(Chance chance, long market) => market + 1 + chance.Below(5);

    /// <summary>Chance in two instructions: a seeded Random would be a good part of what is measured.</summary>
    private sealed class Chance
    {
        private ulong _state = 7;

        public int Below(int limit)
        {
            _state = unchecked((_state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (int)(((_state >> 32) * (ulong)limit) >> 32);
        }
    }
}
