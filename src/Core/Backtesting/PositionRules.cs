using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Backtesting;

/// <summary>
/// INTERFACES.md, "Backtest rules" 1 to 6, of one position: pure steps, one source for every number type, in the written order of
/// the arithmetic and never fused. The cash belongs to the caller, who says what an entry may cost. Each candle: what is
/// <see cref="Pending"/> acts at its open, then <see cref="Reaches"/> looks at the levels, then <see cref="Decide"/> reads the close.
/// Prices are positive and a candle's high and low enclose its body, so a level that is not there can be a price never reached.
/// </summary>
/// <typeparam name="T">The number type of the run.</typeparam>
[StructLayout(LayoutKind.Auto)]
public struct PositionRules<T>
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    private readonly T _fee;
    private readonly T _kept;
    private readonly T _buying;
    private readonly T _selling;
    private readonly T _toTarget;
    private readonly T _toStop;
    private readonly T _toTrail;
    private readonly int _maxBars;
    private readonly int _cooldownBars;
    private readonly bool _hasTarget;
    private readonly bool _passTarget;

    private long _entryTimeMs;
    private long _entryRow;
    private T _fill;
    private T _cost;
    private T _high;
    private T _stop;
    private T _trail;

    /// <summary>Rules that have seen nothing yet.</summary>
    /// <param name="terms">Checked by <see cref="PositionTerms{T}.Check"/>.</param>
    public PositionRules(PositionTerms<T> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        PositionTerms<T>.Check(terms);
        _fee = terms.Fee;
        _kept = T.One - terms.Fee;
        _buying = T.One + terms.Slippage;
        _selling = T.One - terms.Slippage;
        _hasTarget = terms.TakeProfit is not null;
        _passTarget = terms.PassTarget;
        _toTarget = T.One + (terms.TakeProfit ?? T.Zero);
        // Without a stop, and without a trail, their level is 0: no price reaches it, and every other level is larger.
        _toStop = terms.StopLoss is { } stop ? T.One - stop : T.Zero;
        _toTrail = terms.TrailingStop is { } trail ? T.One - trail : T.Zero;
        _maxBars = terms.MaxBars ?? 0;
        _cooldownBars = terms.CooldownBars;
    }

    /// <summary>True between an entry and its exit.</summary>
    public bool IsOpen { readonly get; private set; }

    /// <summary>What the last close decided.</summary>
    public Pending Pending { readonly get; private set; }

    /// <summary>Base units held; zero while flat.</summary>
    public T Quantity { readonly get; private set; }

    /// <summary>Closes still to come that read nothing.</summary>
    public int Cooldown { readonly get; private set; }

    /// <summary>The larger of stop and trail; zero without either.</summary>
    public T Level { readonly get; private set; }

    /// <summary>The price of the target; the largest number there is without one.</summary>
    public T Target { readonly get; private set; }

    /// <summary>True when the trail can move, so that <see cref="Level"/> differs from candle to candle.</summary>
    public readonly bool Trails => _toTrail > T.Zero;

    /// <summary>True when any price can end the position.</summary>
    public readonly bool HasLevels => _hasTarget || _toStop > T.Zero || Trails;

    /// <summary>The row whose close ends the position by its age; <see cref="long.MaxValue"/> without a limit.</summary>
    public readonly long LastRow => _maxBars == 0 ? long.MaxValue : _entryRow + _maxBars - 1;

    /// <summary>Rule 1: what a pending entry pays for a unit.</summary>
    public readonly T EntryPrice(T open) => open * _buying;

    /// <summary>Rule 1: what a pending exit receives for a unit.</summary>
    public readonly T ExitPrice(T open) => open * _selling;

    /// <summary>Rule 1: enters at <paramref name="fill"/> for <paramref name="cost"/> quote units, which the caller takes from the cash.</summary>
    /// <param name="row">Number of the candle in the run.</param>
    /// <param name="timeMs">Its open time.</param>
    /// <param name="fill">Price of a unit, slippage included.</param>
    /// <param name="cost">Quote units, above zero.</param>
    public void Enter(long row, long timeMs, T fill, T cost)
    {
        (_entryRow, _entryTimeMs, _fill, _cost, _high) = (row, timeMs, fill, cost, fill);
        Quantity = cost / fill * _kept;
        _stop = fill * _toStop;
        Target = _hasTarget ? fill * _toTarget : T.MaxValue;
        (IsOpen, Pending) = (true, Pending.None);
        SetLevel();
    }

    /// <summary>A pending entry that does not come about.</summary>
    public void Forget() => Pending = Pending.None;

    /// <summary>Rules 2 to 4: true when a level ends the position inside this candle, with the price and the reason.</summary>
    /// <param name="candle">Its prices; the close is not read.</param>
    /// <param name="moments">Which moments of the candle the position saw.</param>
    /// <param name="price">What a unit brings.</param>
    /// <param name="reason">stop, trail or target.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Reaches(in PriceSpan<T> candle, Moments moments, out T price, out ExitReason reason)
    {
        var level = Level;
        reason = _trail > _stop ? ExitReason.Trail : ExitReason.Stop;
        if (moments == Moments.All)
        {
            if (candle.Open <= level)
            {
                price = candle.Open * _selling;
                return true;
            }

            if (AtTarget(candle.Open))
            {
                (price, reason) = (candle.Open, ExitReason.Target);
                return true;
            }
        }

        if (candle.Low <= level)
        {
            price = level * _selling;
            return true;
        }

        (price, reason) = (Target, ExitReason.Target);
        return moments != Moments.AfterLow && AtTarget(candle.High);
    }

    /// <summary>Rule 2: a candle that ended nothing raises the trail for the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raise(T high)
    {
        if (high <= _high) return;
        _high = high;
        SetLevel();
    }

    /// <summary>Rule 6: leaves at <paramref name="price"/>; the caller adds <paramref name="proceeds"/> to the cash. Starts the cooldown.</summary>
    public Trade<T> Leave(long timeMs, T price, ExitReason reason, out T proceeds)
    {
        proceeds = Quantity * price * _kept;
        var pnl = proceeds - _cost;
        var trade = new Trade<T>
        {
            EntryTimeMs = _entryTimeMs,
            EntryPrice = _fill,
            ExitTimeMs = timeMs,
            ExitPrice = price,
            Quantity = Quantity,
            Cost = _cost,
            Fees = (_cost * _fee) + (Quantity * price * _fee),
            Pnl = pnl,
            PnlPercent = pnl / _cost,
            Reason = reason,
        };
        (IsOpen, Pending, Quantity, Cooldown) = (false, Pending.None, T.Zero, _cooldownBars);
        return trade;
    }

    /// <summary>Rule 5: reads the close of a candle. The last candle's may be read as well: nothing comes after it.</summary>
    /// <param name="row">Number of the candle in the run.</param>
    /// <param name="enter">True when <c>enter</c> is true there, not unknown.</param>
    /// <param name="exit">The same for <c>exit</c>.</param>
    public void Decide(long row, bool enter, bool exit)
    {
        if (IsOpen)
        {
            if (exit) Pending = Pending.Signal;
            else if (row >= LastRow) Pending = Pending.Time;
        }
        else if (Cooldown > 0)
        {
            Cooldown--;
        }
        else if (enter && !exit)
        {
            Pending = Pending.Entry;
        }
    }

    /// <summary>Counts closes of a cooldown without looking at them.</summary>
    public void PassCooldown(int closes) => Cooldown -= closes;

    private readonly bool AtTarget(T price) => _passTarget ? price > Target : price >= Target;

    private void SetLevel()
    {
        _trail = _high * _toTrail;
        Level = _trail > _stop ? _trail : _stop;
    }
}

/// <summary>The three prices of a candle that levels are compared with.</summary>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <typeparam name="T">The number type of the run.</typeparam>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PriceSpan<T>(T Open, T High, T Low)
    where T : struct, INumber<T>;

/// <summary>Which moments of a candle a position saw.</summary>
public enum Moments
{
    /// <summary>It was held before the open.</summary>
    All,

    /// <summary>It was entered at the open: everything but a gap to the open itself.</summary>
    AfterOpen,

    /// <summary>A resting limit order bought on the way down: the low came after the entry, the high perhaps before it.</summary>
    AfterLow,
}
