using Lastro.Core.Indicators;
using Lastro.Core.Performance;

namespace Lastro.Core.Backtesting;

/// <summary>The equity at the close of the next candles.</summary>
/// <param name="openTimesMs">Open times of the candles, Unix milliseconds.</param>
/// <param name="equity">As many values, quote units.</param>
public delegate void EquityRows(ReadOnlySpan<long> openTimesMs, ReadOnlySpan<double> equity);

/// <summary>
/// A run of one symbol: takes blocks of candles with what the rules said of them, and makes trades and the equity of each close.
/// However the rows are cut into blocks, the bits are the same. Rows in which nothing can happen are jumped over; every other row goes
/// through <see cref="Desk"/> and <see cref="PositionRules{T}"/>. Not thread-safe.
/// </summary>
public sealed class Simulation
{
    private readonly Wallet _wallet;
    private readonly Desk _desk;
    private readonly EquityGuard? _guard;
    private readonly EquityTracker? _tracker;
    private readonly EquityRows? _curve;
    private readonly double[] _lastClose = new double[1];
    private readonly long[] _lastTimeMs = new long[1];
    private double[] _scratch = [];
    private double _cash;
    private double _quantity;
    private long _row;

    /// <summary>A run that has seen nothing yet.</summary>
    /// <param name="terms">Checked here.</param>
    /// <param name="cash">Quote units to begin with, above 0.</param>
    /// <param name="tracker">Told the equity of each close; null when nobody asks.</param>
    /// <param name="curve">Told the same as numbers; null when nobody asks.</param>
    /// <param name="trades">Where trades go; a list of its own without one.</param>
    public Simulation(RunTerms terms, double cash, EquityTracker? tracker = null, EquityRows? curve = null, List<Trade<double>>? trades = null)
        : this(terms, new Wallet(cash, trades ?? []), tracker, curve, null)
    {
    }

    internal Simulation(RunTerms terms, Wallet wallet, EquityTracker? tracker, EquityRows? curve, DetailRows? detail)
    {
        ArgumentNullException.ThrowIfNull(terms);
        (_wallet, _tracker, _curve, _cash) = (wallet, tracker, curve, wallet.Cash);
        _desk = new Desk(terms, wallet, detail: detail);
        _guard = EquityGuard.Of(terms.Guards, wallet.Cash);
    }

    /// <summary>Quote units not in a position.</summary>
    public double Cash => _wallet.Cash;

    /// <summary>The trades so far.</summary>
    public IReadOnlyList<Trade<double>> Trades => _wallet.Trades;

    /// <summary>Candles taken.</summary>
    public long Candles => _row;

    /// <summary>Candles with a position at their close.</summary>
    public long Exposed { get; private set; }

    internal Desk Desk => _desk;

    /// <summary>Takes the next rows. The equity of the last one is told by the next call, for it may be the last of all.</summary>
    /// <param name="candles">The candles.</param>
    /// <param name="offset">The first row to take.</param>
    /// <param name="rows">How many.</param>
    /// <param name="signals">What the rules said; its row 0 is the candle at <paramref name="offset"/>.</param>
    public void Next(CandleColumns candles, int offset, int rows, in RowSignals signals)
    {
        ArgumentNullException.ThrowIfNull(candles);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, candles.Capacity - offset);
        if (rows <= 0)
            return;
        if (_row > 0)
            Tell(_lastTimeMs, _lastClose);
        // Rows with the same cash and quantity are told together.
        var levels = candles.Rows(offset, rows);
        var told = 0;
        for (var row = 0; row < rows; row++)
        {
            row = Jump(row, in levels, in signals);
            if (row == rows)
                break;
            if (IsDecisionOnly)
            {
                Exposed += _desk.Rules.IsOpen ? 1 : 0;
                Decide(row, candles.Close[offset + row], in signals);
                continue;
            }

            Step(row, candles[offset + row], row > 0 ? candles.Close[offset + row - 1] : _lastClose[0], in signals);
            if (_wallet.Cash == _cash && _desk.Rules.Quantity == _quantity)
                continue;
            Tell(candles.OpenTimeMs.AsSpan(offset + told, row - told), candles.Close.AsSpan(offset + told, row - told));
            (_cash, _quantity, told) = (_wallet.Cash, _desk.Rules.Quantity, row);
        }

        Tell(candles.OpenTimeMs.AsSpan(offset + told, rows - 1 - told), candles.Close.AsSpan(offset + told, rows - 1 - told));
        (_lastTimeMs[0], _lastClose[0]) = (candles.OpenTimeMs[offset + rows - 1], candles.Close[offset + rows - 1]);
        _row += rows;
    }

    /// <summary>After the last candle: an open position leaves at its close. To be called once.</summary>
    public void End()
    {
        if (_row == 0)
            return;
        _desk.End(_row - 1, _lastTimeMs[0], _lastClose[0]);
        (_cash, _quantity) = (_wallet.Cash, 0);
        Tell(_lastTimeMs, _lastClose);
    }

    private void Tell(ReadOnlySpan<long> timesMs, ReadOnlySpan<double> closes)
    {
        _tracker?.Add(timesMs, _cash, _quantity, closes);
        if (_curve is null)
            return;
        if (_scratch.Length < closes.Length)
            _scratch = new double[closes.Length];
        LevelScan.Equity(closes, _cash, _quantity, _scratch);
        _curve(timesMs, _scratch.AsSpan(0, closes.Length));
    }

    // Nothing is due at the open and no price can end the position: only the close is left.
    private bool IsDecisionOnly => _guard is null && _desk.Rules.Pending == Pending.None && !(_desk.Rules.IsOpen && _desk.Rules.HasLevels);

    private void Decide(int row, double close, in RowSignals signals)
    {
        var enter = signals.Enter(row) && _guard is not { Allows: false };
        _desk.Decide(_row + row, close, enter, signals.Exit(row), signals.StopDistance(row));
    }

    // One candle, in the order of the rules.
    private void Step(int row, in Bar bar, double closeBefore, in RowSignals signals)
    {
        var at = _row + row;
        _desk.Begin(bar, closeBefore);
        _desk.LeaveAtOpen(at, bar);
        _desk.EnterAtOpen(at, bar);
        _desk.Within(at, bar);
        var isOpen = _desk.Rules.IsOpen;
        Exposed += isOpen ? 1 : 0;
        _guard?.OnClose(bar.OpenTimeMs, isOpen ? _wallet.Cash + (_desk.Rules.Quantity * bar.Close) : _wallet.Cash);
        Decide(row, bar.Close, in signals);
    }

    // The first row from here on in which something can happen.
    private int Jump(int row, in LevelRows levels, in RowSignals signals)
    {
        ref var rules = ref _desk.Rules;
        if (rules.Pending != Pending.None || _guard is not null)
            return row;
        if (rules.IsOpen)
            return rules.Trails || _desk.HasDetail ? row : JumpHeld(row, levels, in signals);
        var cool = Math.Min(rules.Cooldown, levels.Count - row);
        rules.PassCooldown(cool);
        row = (int)Math.Clamp(_desk.ClosedUntilRow - _row, row + cool, levels.Count);
        return signals.NextEnter(row, levels.Count);
    }

    private int JumpHeld(int row, in LevelRows levels, in RowSignals signals)
    {
        ref var rules = ref _desk.Rules;
        var end = signals.NextExit(row, levels.Count);
        end = (int)Math.Clamp(rules.LastRow - _row, row, end);
        var at = rules.HasLevels ? levels.First(row, end, rules.Level, rules.Target) : end;
        Exposed += at - row;
        return at;
    }
}
