using System.Numerics;

namespace Lastro.Core.Backtesting;

/// <summary>
/// What the rules said of a block of candles: bit i of a set is row i, 64 to a word. Only what is known to be true has a bit; unknown counts as false.
/// </summary>
public readonly ref struct RowSignals
{
    private readonly ReadOnlySpan<ulong> _enter;
    private readonly ReadOnlySpan<ulong> _exit;
    private readonly ReadOnlySpan<double> _stopDistance;
    private readonly int _first;

    /// <summary>Signals whose row 0 is bit <paramref name="first"/> of the sets.</summary>
    /// <param name="enter">True bits of <c>enter</c>.</param>
    /// <param name="exit">True bits of <c>exit</c>; empty when it is never true.</param>
    /// <param name="stopDistance">Price units to the stop, a number a row as the sets count; empty when no size needs it.</param>
    /// <param name="first">Rows of the sets that come before: those only for warming up.</param>
    public RowSignals(ReadOnlySpan<ulong> enter, ReadOnlySpan<ulong> exit, ReadOnlySpan<double> stopDistance = default, int first = 0)
    {
        _enter = enter;
        _exit = exit;
        _stopDistance = stopDistance;
        _first = first;
    }

    /// <summary>The same from row <paramref name="rows"/> on.</summary>
    public RowSignals Skip(int rows) => new(_enter, _exit, _stopDistance, _first + rows);

    /// <summary>True when <c>enter</c> is true in the row.</summary>
    public bool Enter(int row) => Bit(_enter, row + _first);

    /// <summary>True when <c>exit</c> is true in the row.</summary>
    public bool Exit(int row) => Bit(_exit, row + _first);

    /// <summary>The stop distance of the row; unknown without a column.</summary>
    public double StopDistance(int row) => _stopDistance.IsEmpty ? double.NaN : _stopDistance[row + _first];

    /// <summary>The first row from <paramref name="from"/> on, below <paramref name="to"/>, with enter and not exit; else <paramref name="to"/>.</summary>
    public int NextEnter(int from, int to)
    {
        var (at, end) = (from + _first, to + _first);
        for (var word = at >> 6; at < end; at = ++word << 6)
        {
            var bits = _enter[word];
            if (bits != 0 && word < _exit.Length)
                bits &= ~_exit[word];
            bits &= ulong.MaxValue << (at & 63);
            if (bits != 0)
                return Math.Min((word << 6) + BitOperations.TrailingZeroCount(bits), end) - _first;
        }

        return to;
    }

    /// <summary>The first row from <paramref name="from"/> on, below <paramref name="to"/>, with exit; else <paramref name="to"/>.</summary>
    public int NextExit(int from, int to)
    {
        if (_exit.IsEmpty)
            return to;
        var (at, end) = (from + _first, to + _first);
        for (var word = at >> 6; at < end; at = ++word << 6)
        {
            var bits = _exit[word] & (ulong.MaxValue << (at & 63));
            if (bits != 0)
                return Math.Min((word << 6) + BitOperations.TrailingZeroCount(bits), end) - _first;
        }

        return to;
    }

    private static bool Bit(ReadOnlySpan<ulong> bits, int row) => row >> 6 < bits.Length && (bits[row >> 6] >> (row & 63) & 1) != 0;
}
