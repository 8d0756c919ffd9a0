using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Backtesting;

/// <summary>
/// The backtest rules word by word, written without a look at the engine's parts: candle after candle, no blocks, no jumps, no shared code.
/// Covers sizes, guards and limit entries as docs/decisions/0016-backtest-engine.md says them.
/// </summary>
internal sealed class NaiveRun(RunTerms terms, double cash, CandleColumns candles, Signals signals)
{
    private readonly PositionTerms<double> _p = terms.Position;
    private readonly List<Trade<double>> _trades = [];
    private readonly List<double> _equity = [];
    private readonly List<int> _stopRows = [];
    private readonly double _start = cash;
    private double _cash = cash;
    private Held? _held;
    private string? _pending;
    private int _pendingRow;
    private int _cooldown;
    private int _closedUntil;
    private double _peak = cash;
    private bool _drawnDown;
    private bool _dayLost;

    private sealed record Held(int Row, double Fill, double Cost, double Quantity)
    {
        public double High { get; set; } = Fill;
    }

    public (Trade<double>[] Trades, double[] Equity, double Final) Run()
    {
        var rows = candles.Close.Length;
        for (var row = 0; row < rows; row++)
        {
            var (due, wasHeld, highCounts) = (_pending, _held is not null, true);
            _pending = null;
            if (due is "signal" or "time") Leave(row, candles.Open[row] * (1 - _p.Slippage), due == "signal" ? ExitReason.Signal : ExitReason.Time);
            if (due == "entry") highCounts = Enter(row);
            if (_held is not null) Levels(row, wasHeld, highCounts);
            var equity = _held is null ? _cash : _cash + (_held.Quantity * candles.Close[row]);
            Guard(row, equity);
            _equity.Add(equity);
            Decide(row);
        }

        if (_held is not null)
        {
            Leave(rows - 1, candles.Close[^1], ExitReason.End);
            _equity[^1] = _cash;
        }

        return ([.. _trades], [.. _equity], _cash);
    }

    // False when the high of the candle may have come before the entry.
    private bool Enter(int row)
    {
        var open = candles.Open[row];
        var (fill, sawHigh) = (open * (1 + _p.Slippage), true);
        if (terms.Fill != EntryFill.Open)
        {
            fill = candles.Close[_pendingRow];
            bool Fills(double price) => terms.Fill == EntryFill.Touch ? price <= fill : price < fill;
            if (!Fills(candles.Low[row])) return true;
            sawHigh = Fills(open);
        }

        var cost = Cost(fill);
        if (!(cost > 0)) return true;
        _cash -= cost;
        _held = new Held(row, fill, cost, cost / fill * (1 - _p.Fee));
        return sawHigh;
    }

    private double Cost(double fill)
    {
        switch (terms.Size.Kind)
        {
            case SizeKind.Percent: return _cash * terms.Size.Amount;
            case SizeKind.Fixed: return _cash < terms.Size.Amount ? _cash : terms.Size.Amount;
            case SizeKind.Risk:
                var distance = signals.StopDistance![_pendingRow];
                return distance > 0 ? Math.Min(_cash, _cash * terms.Size.Amount / distance * fill) : 0;
            default:
                if (_trades.Count < terms.Size.Trades || _trades.Count == 0) return _cash * terms.Size.Start;
                var wins = _trades.Where(trade => trade.PnlPercent > 0).ToArray();
                var losses = _trades.Where(trade => !(trade.PnlPercent > 0)).ToArray();
                if (wins.Length == 0) return 0;
                var won = (double)wins.Length / _trades.Count;
                if (losses.Sum(trade => trade.PnlPercent) == 0) return _cash * Math.Min(won, terms.Size.Amount);
                var ratio = wins.Average(trade => trade.PnlPercent) / -losses.Average(trade => trade.PnlPercent);
                return _cash * Math.Min(Math.Max(won - ((1 - won) / ratio), 0), terms.Size.Amount);
        }
    }

    private void Levels(int row, bool atOpen, bool highCounts)
    {
        double? stop = _p.StopLoss is { } loss ? _held!.Fill * (1 - loss) : null;
        double? trail = _p.TrailingStop is { } distance ? _held!.High * (1 - distance) : null;
        double? target = _p.TakeProfit is { } gain ? _held!.Fill * (1 + gain) : null;
        var byTrail = trail is not null && (stop is null || trail > stop);
        var level = byTrail ? trail : stop;
        var reason = byTrail ? ExitReason.Trail : ExitReason.Stop;
        bool AtTarget(double price) => terms.Fill == EntryFill.Through ? price > target : price >= target;
        var (open, high, low) = (candles.Open[row], candles.High[row], candles.Low[row]);
        if (atOpen && open <= level) Leave(row, open * (1 - _p.Slippage), reason);
        else if (atOpen && AtTarget(open)) Leave(row, open, ExitReason.Target);
        else if (low <= level) Leave(row, level.Value * (1 - _p.Slippage), reason);
        else if (highCounts && AtTarget(high)) Leave(row, target!.Value, ExitReason.Target);
        else _held!.High = Math.Max(_held.High, high);
    }

    private void Leave(int row, double price, ExitReason reason)
    {
        var held = _held!;
        var proceeds = held.Quantity * price * (1 - _p.Fee);
        _cash += proceeds;
        _trades.Add(new()
        {
            EntryTimeMs = candles.OpenTimeMs[held.Row],
            EntryPrice = held.Fill,
            ExitTimeMs = candles.OpenTimeMs[row],
            ExitPrice = price,
            Quantity = held.Quantity,
            Cost = held.Cost,
            Fees = (held.Cost * _p.Fee) + (held.Quantity * price * _p.Fee),
            Pnl = proceeds - held.Cost,
            PnlPercent = (proceeds - held.Cost) / held.Cost,
            Reason = reason,
        });
        (_held, _cooldown) = (null, _p.CooldownBars);
        if (reason is not (ExitReason.Stop or ExitReason.Trail) || terms.Guards?.StopGuard is not { } guard) return;
        _stopRows.Add(row);
        if (_stopRows.Count(stop => stop > row - guard.Bars) >= guard.Stops) _closedUntil = row + guard.Pause;
    }

    private void Guard(int row, double equity)
    {
        static long Day(long time) => time / 86_400_000;
        if (row == 0 || Day(candles.OpenTimeMs[row]) != Day(candles.OpenTimeMs[row - 1])) _dayLost = false;
        var dayStart = _start;
        for (var before = row - 1; before >= 0; before--)
        {
            if (Day(candles.OpenTimeMs[before]) == Day(candles.OpenTimeMs[row])) continue;
            dayStart = _equity[before];
            break;
        }

        _peak = Math.Max(_peak, equity);
        if (terms.Guards?.MaxDrawdown is { } most && 1 - (equity / _peak) >= most) _drawnDown = true;
        if (terms.Guards?.DailyLoss is { } loss && 1 - (equity / dayStart) >= loss) _dayLost = true;
    }

    private void Decide(int row)
    {
        if (_held is not null)
        {
            if (signals.Exit[row]) _pending = "signal";
            else if (_p.MaxBars is { } bars && row - _held.Row + 1 >= bars) _pending = "time";
            return;
        }

        if (_cooldown > 0)
        {
            _cooldown--;
            return;
        }

        if (row < _closedUntil || _drawnDown || _dayLost || !signals.Enter[row] || signals.Exit[row]) return;
        (_pending, _pendingRow) = ("entry", row);
    }
}
