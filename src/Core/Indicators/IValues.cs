using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>The outputs of one row, in the catalog's order.</summary>
internal interface IValues
{
    static abstract int Count { get; }

    void Store(in OutputColumns to, nint row);
}

/// <summary>Where rows are written: up to seven columns, those not used are null references.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct OutputColumns
{
    public const int Most = 7;

    private readonly ref double _first;
    private readonly ref double _second;
    private readonly ref double _third;
    private readonly ref double _fourth;
    private readonly ref double _fifth;
    private readonly ref double _sixth;
    private readonly ref double _seventh;

    public OutputColumns(ReadOnlySpan<double[]> columns, int rows)
    {
        _first = ref Start(columns, 0, rows);
        _second = ref Start(columns, 1, rows);
        _third = ref Start(columns, 2, rows);
        _fourth = ref Start(columns, 3, rows);
        _fifth = ref Start(columns, 4, rows);
        _sixth = ref Start(columns, 5, rows);
        _seventh = ref Start(columns, 6, rows);
    }

    /// <summary>One row instead of columns: the outputs lie side by side.</summary>
    public OutputColumns(Span<double> row)
    {
        _first = ref Start(row, 0);
        _second = ref Start(row, 1);
        _third = ref Start(row, 2);
        _fourth = ref Start(row, 3);
        _fifth = ref Start(row, 4);
        _sixth = ref Start(row, 5);
        _seventh = ref Start(row, 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void First(nint row, double value) => Unsafe.Add(ref _first, row) = Known(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Second(nint row, double value) => Unsafe.Add(ref _second, row) = Known(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Third(nint row, double value) => Unsafe.Add(ref _third, row) = Known(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fourth(nint row, double value) => Unsafe.Add(ref _fourth, row) = Known(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fifth(nint row, double value) => Unsafe.Add(ref _fifth, row) = Known(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Sixth(nint row, double value) => Unsafe.Add(ref _sixth, row) = Known(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Seventh(nint row, double value) => Unsafe.Add(ref _seventh, row) = Known(value);

    // A quotient by zero and an overflow are unknown, as everywhere in the language.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Known(double value) => double.IsFinite(value) ? value : double.NaN;

    private static ref double Start(ReadOnlySpan<double[]> columns, int index, int rows)
    {
        if (index >= columns.Length)
            return ref Unsafe.NullRef<double>();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, columns[index].Length);
        return ref MemoryMarshal.GetArrayDataReference(columns[index]);
    }

    private static ref double Start(Span<double> row, int index)
    {
        if (index < row.Length)
            return ref row[index];
        return ref Unsafe.NullRef<double>();
    }
}

internal readonly record struct One(double Value) : IValues
{
    public static int Count => 1;

    public static implicit operator One(double value) => new(value);

    public static implicit operator double(One value) => value.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in OutputColumns to, nint row) => to.First(row, Value);
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Two(double First, double Second) : IValues
{
    public static Two Unknown => new(double.NaN, double.NaN);

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in OutputColumns to, nint row)
    {
        to.First(row, First);
        to.Second(row, Second);
    }
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Three(double First, double Second, double Third) : IValues
{
    public static Three Unknown => new(double.NaN, double.NaN, double.NaN);

    public static int Count => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in OutputColumns to, nint row)
    {
        to.First(row, First);
        to.Second(row, Second);
        to.Third(row, Third);
    }
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Four(double First, double Second, double Third, double Fourth) : IValues
{
    public static Four Unknown => new(double.NaN, double.NaN, double.NaN, double.NaN);

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in OutputColumns to, nint row)
    {
        to.First(row, First);
        to.Second(row, Second);
        to.Third(row, Third);
        to.Fourth(row, Fourth);
    }
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Five(double First, double Second, double Third, double Fourth, double Fifth) : IValues
{
    public static int Count => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in OutputColumns to, nint row)
    {
        to.First(row, First);
        to.Second(row, Second);
        to.Third(row, Third);
        to.Fourth(row, Fourth);
        to.Fifth(row, Fifth);
    }
}

/// <summary>A middle with three levels above and three below.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Levels(double Middle, Three Above, Three Below) : IValues
{
    public static int Count => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in OutputColumns to, nint row)
    {
        to.First(row, Middle);
        to.Second(row, Above.First);
        to.Third(row, Above.Second);
        to.Fourth(row, Above.Third);
        to.Fifth(row, Below.First);
        to.Sixth(row, Below.Second);
        to.Seventh(row, Below.Third);
    }
}
