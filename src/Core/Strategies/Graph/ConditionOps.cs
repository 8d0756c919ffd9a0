using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lastro.Core.Strategies;

/// <summary>When a comparison is known to hold, and when it is known not to. IEEE comparisons are false where a side is unknown.</summary>
internal interface IComparison
{
    static abstract Vector256<double> Holds(Vector256<double> a, Vector256<double> b);

    static abstract Vector256<double> Fails(Vector256<double> a, Vector256<double> b);

    static abstract Vector512<double> Holds(Vector512<double> a, Vector512<double> b);

    static abstract Vector512<double> Fails(Vector512<double> a, Vector512<double> b);
}

internal readonly struct IsGreater : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Holds(Vector256<double> a, Vector256<double> b) => Vector256.GreaterThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Fails(Vector256<double> a, Vector256<double> b) => Vector256.LessThanOrEqual(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Holds(Vector512<double> a, Vector512<double> b) => Vector512.GreaterThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fails(Vector512<double> a, Vector512<double> b) => Vector512.LessThanOrEqual(a, b);
}

internal readonly struct IsEqual : IComparison
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Holds(Vector256<double> a, Vector256<double> b) => Vector256.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Fails(Vector256<double> a, Vector256<double> b) => Vector256.LessThan(a, b) | Vector256.GreaterThan(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Holds(Vector512<double> a, Vector512<double> b) => Vector512.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Fails(Vector512<double> a, Vector512<double> b) => Vector512.LessThan(a, b) | Vector512.GreaterThan(a, b);
}

/// <summary>Compares two operands: 64 rows become a word of each bit set.</summary>
internal sealed class CompareOp<TComparison, TA, TB>(ScopeRows scope, TA a, TB b, Bits to) : GraphOp
    where TComparison : struct, IComparison
    where TA : struct, IOperand
    where TB : struct, IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run()
    {
        var (left, right, rows) = (a, b, scope.Rows);
        var words = Blocks.Words(rows);
        ref var holds = ref MemoryMarshal.GetArrayDataReference(to.True);
        ref var fails = ref MemoryMarshal.GetArrayDataReference(to.False);
        unchecked
        {
            for (nuint word = 0; word < (nuint)words; word++)
            {
                ulong yes = 0, no = 0;
                if (Vector512.IsHardwareAccelerated)
                    Word512(left, right, word * 64, ref yes, ref no);
                else
                    Word256(left, right, word * 64, ref yes, ref no);
                (Unsafe.Add(ref holds, word), Unsafe.Add(ref fails, word)) = (yes, no);
            }
        }

        Blocks.Trim(to.True, rows);
        Blocks.Trim(to.False, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Word512(TA a, TB b, nuint row, ref ulong yes, ref ulong no)
    {
        Lane512(a, b, row, 0, ref yes, ref no);
        Lane512(a, b, row, 8, ref yes, ref no);
        Lane512(a, b, row, 16, ref yes, ref no);
        Lane512(a, b, row, 24, ref yes, ref no);
        Lane512(a, b, row, 32, ref yes, ref no);
        Lane512(a, b, row, 40, ref yes, ref no);
        Lane512(a, b, row, 48, ref yes, ref no);
        Lane512(a, b, row, 56, ref yes, ref no);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lane512(TA a, TB b, nuint row, int lane, ref ulong yes, ref ulong no)
    {
        var at = unchecked(row + (nuint)(uint)lane);
        var (x, y) = (a.At512(at), b.At512(at));
        yes |= TComparison.Holds(x, y).ExtractMostSignificantBits() << lane;
        no |= TComparison.Fails(x, y).ExtractMostSignificantBits() << lane;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Word256(TA a, TB b, nuint row, ref ulong yes, ref ulong no)
    {
        for (var lane = 0; lane < 64; lane = unchecked(lane + Vector256<double>.Count))
        {
            var at = unchecked(row + (nuint)(uint)lane);
            var (x, y) = (a.At256(at), b.At256(at));
            yes |= (ulong)TComparison.Holds(x, y).ExtractMostSignificantBits() << lane;
            no |= (ulong)TComparison.Fails(x, y).ExtractMostSignificantBits() << lane;
        }
    }
}

internal static class CompareOps
{
    public static GraphOp Of<TComparison>(ScopeRows scope, Operand a, Operand b, Bits to)
        where TComparison : struct, IComparison => (a.Column, b.Column) switch
        {
            ({ } x, { } y) => new CompareOp<TComparison, ColumnOperand, ColumnOperand>(scope, new(x), new(y), to),
            ({ } x, null) => new CompareOp<TComparison, ColumnOperand, NumberOperand>(scope, new(x), new(b.Number), to),
            (null, { } y) => new CompareOp<TComparison, NumberOperand, ColumnOperand>(scope, new(a.Number), new(y), to),
            (null, null) => new CompareOp<TComparison, NumberOperand, NumberOperand>(scope, new(a.Number), new(b.Number), to),
        };
}

/// <summary>Kleene's and: known to hold where both are, known not to hold where one is known not to.</summary>
internal sealed class AndOp(ScopeRows scope, Bits a, Bits b, Bits to) : GraphOp
{
    // The result may take the place of an operand, and a negated operand's true bits are the result's false bits then: each
    // word is read whole before it is written.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run()
    {
        var words = Blocks.Words(scope.Rows);
        var (left, leftNot, right, rightNot, holds, fails) = (a.True, a.False, b.True, b.False, to.True, to.False);
        for (var word = 0; word < words; word++)
            (holds[word], fails[word]) = (left[word] & right[word], leftNot[word] | rightNot[word]);
    }
}

/// <summary>Holds in every row.</summary>
internal sealed class TrueOp(ScopeRows scope, Bits to) : GraphOp
{
    public override void Run()
    {
        var words = Blocks.Words(scope.Rows);
        to.True.AsSpan(0, words).Fill(ulong.MaxValue);
        to.False.AsSpan(0, words).Clear();
        Blocks.Trim(to.True, scope.Rows);
    }
}

/// <summary>The condition n rows ago, across blocks; the same ring as <see cref="LagOp"/>, of bits.</summary>
internal sealed class LagBitsOp(ScopeRows scope, int lag, Bits from, Bits to) : GraphOp
{
    // Neither true nor false: unknown.
    private readonly Bits _ring = new(new ulong[Blocks.Words(lag)], new ulong[Blocks.Words(lag)]);
    private int _at;

    public override void Run()
    {
        var rows = scope.Rows;
        if (rows < lag)
        {
            var first = Math.Min(rows, lag - _at);
            Turn(0, first);
            Turn(first, rows - first);
        }
        else
        {
            var head = lag - _at;
            Copy(_ring, _at, to, 0, head);
            Copy(_ring, 0, to, head, _at);
            Copy(from, 0, to, lag, rows - lag);
            Copy(from, rows - lag, _ring, 0, lag);
            _at = 0;
        }

        Blocks.Trim(to.True, rows);
        Blocks.Trim(to.False, rows);
    }

    private void Turn(int row, int count)
    {
        Copy(_ring, _at, to, row, count);
        Copy(from, row, _ring, _at, count);
        _at = (_at + count) % lag;
    }

    private static void Copy(Bits source, int sourceBit, Bits target, int targetBit, int count)
    {
        Blocks.Copy(source.True, sourceBit, target.True, targetBit, count);
        Blocks.Copy(source.False, sourceBit, target.False, targetBit, count);
    }
}

/// <summary>Conditions of a coarser scope as the rows of this one see them; as <see cref="ShowOp"/>.</summary>
internal sealed class ShowBitsOp(ScopeRows scope, ShowMap map, Bits from, Bits to) : GraphOp
{
    private bool?[] _kept = new bool?[4];

    public override void Run()
    {
        var before = 1 + map.Waiting;
        for (var stretch = 0; stretch < map.Stretches; stretch++)
        {
            var (row, rows, seen) = map[stretch];
            var value = At(seen, before);
            Blocks.Fill(to.True, row, rows, value is true);
            Blocks.Fill(to.False, row, rows, value is false);
        }

        var stay = map.Count - map.LastSeen;
        if (stay > _kept.Length)
            Array.Resize(ref _kept, 2 * stay);
        for (var index = 0; index < stay; index++)
            _kept[index] = At(map.LastSeen + index, before);
        Blocks.Trim(to.True, scope.Rows);
        Blocks.Trim(to.False, scope.Rows);
    }

    private bool? At(int seen, int before)
    {
        if (seen < before)
            return _kept[seen];
        return Blocks.IsSet(from.True, seen - before) ? true : Blocks.IsSet(from.False, seen - before) ? false : null;
    }
}
