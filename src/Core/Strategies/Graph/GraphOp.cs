using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lastro.Core.Strategies;

/// <summary>Computes one node (or the outputs of one indicator) over the rows of the block at hand.</summary>
internal abstract class GraphOp
{
    public abstract void Run();
}

/// <summary>One side of an operator: a column, or a number that stands in every row and costs no memory.</summary>
internal readonly record struct Operand(double[]? Column, double Number);

/// <summary>An operand as loops see it, at three widths.</summary>
internal interface IOperand
{
    Vector<double> At(nuint row);

    Vector256<double> At256(nuint row);

    Vector512<double> At512(nuint row);
}

internal readonly struct ColumnOperand(double[] column) : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> At(nuint row) => Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> At256(nuint row) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> At512(nuint row) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), row);
}

internal readonly struct NumberOperand(double number) : IOperand
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> At(nuint row) => new(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> At256(nuint row) => Vector256.Create(number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> At512(nuint row) => Vector512.Create(number);
}
