using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

internal interface IArithmetic
{
    static abstract Vector<double> Of(Vector<double> a, Vector<double> b);
}

internal readonly struct Sum : IArithmetic
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> a, Vector<double> b) => a + b;
}

internal readonly struct Difference : IArithmetic
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> a, Vector<double> b) => a - b;
}

internal readonly struct Product : IArithmetic
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> a, Vector<double> b) => a * b;
}

internal readonly struct Quotient : IArithmetic
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> a, Vector<double> b) => a / b;
}

/// <summary>Arithmetic of two operands; what is not finite becomes unknown.</summary>
internal sealed class ArithmeticOp<TOperator, TA, TB>(ScopeRows scope, TA a, TB b, double[] to) : GraphOp
    where TOperator : struct, IArithmetic
    where TA : struct, IOperand
    where TB : struct, IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run()
    {
        var (left, right, rows) = (a, b, (nuint)scope.Rows);
        var (unknown, most) = (new Vector<double>(double.NaN), new Vector<double>(double.MaxValue));
        ref var target = ref MemoryMarshal.GetArrayDataReference(to);
        for (nuint row = 0; row < rows; row += (nuint)Vector<double>.Count)
        {
            var value = TOperator.Of(left.At(row), right.At(row));
            Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(value), most), value, unknown).StoreUnsafe(ref target, row);
        }
    }
}

internal static class ArithmeticOps
{
    public static GraphOp Of(ArithmeticOperator op, ScopeRows scope, Operand a, Operand b, double[] to) => op switch
    {
        ArithmeticOperator.Add => Of<Sum>(scope, a, b, to),
        ArithmeticOperator.Subtract => Of<Difference>(scope, a, b, to),
        ArithmeticOperator.Multiply => Of<Product>(scope, a, b, to),
        ArithmeticOperator.Divide => Of<Quotient>(scope, a, b, to),
    };

    // Two numbers are folded while the graph is built.
    private static GraphOp Of<TOperator>(ScopeRows scope, Operand a, Operand b, double[] to)
        where TOperator : struct, IArithmetic => (a.Column, b.Column) switch
        {
            ({ } x, { } y) => new ArithmeticOp<TOperator, ColumnOperand, ColumnOperand>(scope, new(x), new(y), to),
            ({ } x, null) => new ArithmeticOp<TOperator, ColumnOperand, NumberOperand>(scope, new(x), new(b.Number), to),
            (null, { } y) => new ArithmeticOp<TOperator, NumberOperand, ColumnOperand>(scope, new(a.Number), new(y), to),
            (null, null) => throw new InvalidOperationException("Arithmetic of two constants is a constant."),
        };
}

internal sealed class NegateOp(ScopeRows scope, double[] from, double[] to) : GraphOp
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run()
    {
        var rows = (nuint)scope.Rows;
        ref var source = ref MemoryMarshal.GetArrayDataReference(from);
        ref var target = ref MemoryMarshal.GetArrayDataReference(to);
        for (nuint row = 0; row < rows; row += (nuint)Vector<double>.Count)
            (-Vector.LoadUnsafe(ref source, row)).StoreUnsafe(ref target, row);
    }
}

/// <summary>An indicator with all its outputs; those nobody reads go to a column that is thrown away.</summary>
internal sealed class IndicatorOp(ScopeRows scope, IndicatorRun run, double[][] series, double[][] outputs) : GraphOp
{
    public override void Run()
    {
        if (scope.Rows > 0)
            run.Fill(scope.Rows, series.Length == 0 ? scope.Candles : null, series, outputs);
    }
}

/// <summary>The values n rows ago, across blocks.</summary>
internal sealed class LagOp : GraphOp
{
    private readonly ScopeRows _scope;
    private readonly double[] _from;
    private readonly double[] _to;

    // A ring of the last n values; _at is the oldest.
    private readonly double[] _ring;
    private int _at;

    public LagOp(ScopeRows scope, int rows, double[] from, double[] to)
    {
        (_scope, _from, _to, _ring) = (scope, from, to, new double[rows]);
        Array.Fill(_ring, double.NaN);
    }

    public override void Run()
    {
        var (rows, lag) = (_scope.Rows, _ring.Length);
        if (rows < lag)
        {
            var first = Math.Min(rows, lag - _at);
            Turn(0, first);
            Turn(first, rows - first);
            return;
        }

        var head = lag - _at;
        Array.Copy(_ring, _at, _to, 0, head);
        Array.Copy(_ring, 0, _to, head, _at);
        Array.Copy(_from, 0, _to, lag, rows - lag);
        Array.Copy(_from, rows - lag, _ring, 0, lag);
        _at = 0;
    }

    // What is oldest goes out and what comes takes its place; a turn does not pass the ring's end.
    private void Turn(int row, int count)
    {
        Array.Copy(_ring, _at, _to, row, count);
        Array.Copy(_from, row, _ring, _at, count);
        _at = (_at + count) % _ring.Length;
    }
}

/// <summary>Values of a coarser scope as the rows of this one see them.</summary>
internal sealed class ShowOp(ShowMap map, double[] from, double[] to) : GraphOp
{
    // By the numbers of the map: what was seen last, and what waited.
    private double[] _kept = [double.NaN, double.NaN, double.NaN, double.NaN];

    public override void Run()
    {
        var before = 1 + map.Waiting;
        for (var stretch = 0; stretch < map.Stretches; stretch++)
        {
            var (row, rows, seen) = map[stretch];
            to.AsSpan(row, rows).Fill(seen < before ? _kept[seen] : from[seen - before]);
        }

        var stay = map.Count - map.LastSeen;
        if (stay > _kept.Length)
            Array.Resize(ref _kept, 2 * stay);
        for (var index = 0; index < stay; index++)
        {
            var seen = map.LastSeen + index;
            _kept[index] = seen < before ? _kept[seen] : from[seen - before];
        }
    }
}
