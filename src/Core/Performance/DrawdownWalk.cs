using System.Runtime.InteropServices;
using Lastro.Core.Markets;

namespace Lastro.Core.Performance;

/// <summary>
/// Peak, trough and time under water of an equity in one pass. A row is equity = cash + quantity * close. Rows that stay below
/// the peak and above the trough are passed over 32 at a time by their extremes; the figures are those of a walk row by row, to
/// the bit.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct DrawdownWalk(double start, Timeframe timeframe)
{
    private const int Chunk = 32;
    private const long LongestRowMs = 31L * 86_400_000;

    private readonly long _rowMs = timeframe.LengthMs == 0 ? LongestRowMs : timeframe.LengthMs;

    private double _peak = start;
    private double _trough = double.PositiveInfinity;
    private bool _under;
    private long _rows;
    private long _peakRow = -1;
    private long _peakTimeMs;
    private long _troughTimeMs;
    private long _lastTimeMs;
    private long _firstTimeMs;
    private Totals _totals;

    public readonly long Rows => _rows;

    public readonly long FirstTimeMs => _firstTimeMs;

    public readonly long LastTimeMs => _lastTimeMs;

    public void Take(long timeMs, double equity)
    {
        if (_rows == 0) _firstTimeMs = timeMs;
        Step(timeMs, equity, _rows);
        _rows++;
        _lastTimeMs = timeMs;
    }

    public void Take(ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        if (_rows == 0) _firstTimeMs = timesMs[0];
        if (quantity == 0)
            Rest(timesMs, cash);
        else
            Ride(timesMs, cash, quantity, closes);
        _rows += timesMs.Length;
        _lastTimeMs = timesMs[^1];
    }

    // Nothing held: the first row stands for all, only the last moment at the peak moves on.
    private void Rest(ReadOnlySpan<long> timesMs, double cash)
    {
        Step(timesMs[0], cash, _rows);
        if (!_under)
            (_peakRow, _peakTimeMs) = (_rows + timesMs.Length - 1, timesMs[^1]);
    }

    private void Ride(ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes)
    {
        for (var at = 0; at < closes.Length; at += Chunk)
        {
            var rows = Math.Min(Chunk, closes.Length - at);
            var part = closes.Slice(at, rows);
            if (_under)
            {
                var (low, high) = CloseRange.Of(cash, quantity, part);
                if (high < _peak && low >= _trough)
                    continue;
            }

            Walk(timesMs.Slice(at, rows), cash, quantity, part, _rows + at);
        }
    }

    // The same as Step row by row; what changes with each row lives in locals.
    private void Walk(ReadOnlySpan<long> timesMs, double cash, double quantity, ReadOnlySpan<double> closes, long row)
    {
        var (peak, trough, last) = (_peak, _trough, -1);
        for (var i = 0; i < closes.Length; i++)
        {
            var equity = cash + (quantity * closes[i]);
            if (equity >= peak)
            {
                if (_under)
                {
                    _trough = trough;
                    if (last >= 0) (_peak, _peakRow, _peakTimeMs) = (peak, unchecked(row + last), timesMs[last]);
                    Recover(timesMs[i]);
                    trough = _trough;
                }

                (peak, last) = (equity, i);
            }
            else
            {
                _under = true;
                if (equity < trough)
                    (trough, _troughTimeMs) = (equity, timesMs[i]);
            }
        }

        _trough = trough;
        if (last >= 0) (_peak, _peakRow, _peakTimeMs) = (peak, unchecked(row + last), timesMs[last]);
    }

    private void Step(long timeMs, double equity, long row)
    {
        if (equity >= _peak)
        {
            if (_under)
                Recover(timeMs);
            (_peak, _peakRow, _peakTimeMs) = (equity, row, timeMs);
        }
        else
        {
            _under = true;
            if (equity < _trough)
                (_trough, _troughTimeMs) = (equity, timeMs);
        }
    }

    private void Recover(long timeMs)
    {
        EndFall(ref _totals, timeMs, recovered: true);
        (_under, _trough) = (false, double.PositiveInfinity);
    }

    private readonly void EndFall(ref Totals totals, long timeMs, bool recovered)
    {
        var depth = 1 - (_trough / _peak);
        if (depth > totals.Deepest)
        {
            totals.Deepest = depth;
            totals.At = new(_peakRow < 0 ? _firstTimeMs : _peakTimeMs, _troughTimeMs, recovered ? timeMs : null);
        }

        if (_peak - _trough > totals.Loss)
            (totals.Loss, totals.LossShare) = (_peak - _trough, (_peak - _trough) / _peak);

        // Ends are asked of the calendar only where they can matter: an end is at most one row after its start.
        var began = _peakRow < 0 ? _firstTimeMs : _peakTimeMs;
        if (timeMs - began + _rowMs >= totals.LongestMs)
            totals.LongestMs = Math.Max(totals.LongestMs, EndOf(timeMs) - (_peakRow < 0 ? _firstTimeMs : EndOf(_peakTimeMs)));
        totals.LongestRowsMs = Math.Max(totals.LongestRowsMs, timeMs - began);
        totals.Falls++;
        totals.Depths += depth;
    }

    public readonly long EndOf(long timeMs) => timeframe.NextOpen(timeframe.OpenOf(timeMs));

    /// <summary>The figures so far; a fall that has not ended counts up to the last row.</summary>
    public readonly Totals Sum()
    {
        var totals = _totals;
        if (_under)
        {
            var before = totals;
            EndFall(ref totals, _lastTimeMs, recovered: false);
            if (_rows - 1 == _peakRow + 1)
                (totals.Falls, totals.Depths, totals.LongestRowsMs) = (before.Falls, before.Depths, before.LongestRowsMs);
        }

        return totals;
    }

    [StructLayout(LayoutKind.Auto)]
    internal struct Totals
    {
        public double Deepest;
        public DrawdownSpan? At;
        public double Loss;
        public double LossShare;
        public long LongestMs;
        public long LongestRowsMs;
        public long Falls;
        public double Depths;
    }
}

/// <summary>Where the deepest fall lies, as open times of candles.</summary>
/// <param name="PeakTimeMs">Last candle at the peak before it, Unix milliseconds; the first candle when that is the start.</param>
/// <param name="TroughTimeMs">First candle at its deepest close.</param>
/// <param name="RecoveryTimeMs">First candle at or above the peak again; null when there is none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DrawdownSpan(long PeakTimeMs, long TroughTimeMs, long? RecoveryTimeMs);
