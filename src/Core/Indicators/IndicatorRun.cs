using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lastro.Core.Indicators;

/// <summary>
/// An indicator at work, with the state of the rows it has seen. Row by row and by columns are the same code over the same
/// state: they may be mixed and give the same bits. Allocates nothing after it was made. Not thread-safe.
/// </summary>
public abstract class IndicatorRun
{
    /// <summary>Takes one row: <paramref name="bar"/> for an indicator of candles, else as many numbers as the indicator has series.</summary>
    /// <param name="bar">The candle; ignored by an indicator of series.</param>
    /// <param name="series">The series' values of this row; empty for an indicator of candles.</param>
    /// <param name="outputs">Receives the outputs in the catalog's order; <see cref="double.NaN"/> is unknown.</param>
    public abstract void Next(in Bar bar, ReadOnlySpan<double> series, Span<double> outputs);

    /// <summary>Takes rows 0 to <paramref name="rows"/> - 1 of the columns, going on from the rows taken before.</summary>
    /// <param name="rows">How many rows the columns hold; they may be longer.</param>
    /// <param name="candles">The candles; null for an indicator of series.</param>
    /// <param name="series">A column for each series; empty for an indicator of candles.</param>
    /// <param name="outputs">A column for each output; may be one of the inputs.</param>
    /// <exception cref="ArgumentException">A column is shorter than the rows, or their number is not the catalog's.</exception>
    public abstract void Fill(int rows, CandleColumns? candles, ReadOnlySpan<double[]> series, ReadOnlySpan<double[]> outputs);

    private protected static void Expect(int wanted, int given, string what)
    {
        if (wanted != given)
            throw new ArgumentException($"{wanted} {what} needed, {given} given.", nameof(given));
    }
}

internal sealed class SeriesRun<TStep, TOut>(TStep step) : IndicatorRun
    where TStep : struct, ISeriesStep<TOut>
    where TOut : struct, IValues
{
    private TStep _step = step;

    public override void Next(in Bar bar, ReadOnlySpan<double> series, Span<double> outputs)
    {
        Expect(1, series.Length, "series");
        Expect(TOut.Count, outputs.Length, "outputs");
        _step.Next(series[0]).Store(new OutputColumns(outputs), 0);
    }

    public override void Fill(int rows, CandleColumns? candles, ReadOnlySpan<double[]> series, ReadOnlySpan<double[]> outputs)
    {
        Expect(1, series.Length, "series");
        Expect(TOut.Count, outputs.Length, "outputs");
        Loop(series[0].AsSpan(0, rows), new OutputColumns(outputs, rows));
    }

    // The step is copied to a local, so that its fields live in registers.
    private void Loop(ReadOnlySpan<double> series, in OutputColumns outputs)
    {
        var local = _step;
        ref var start = ref MemoryMarshal.GetReference(series);
        for (nint row = 0; row < series.Length; row++)
            local.Next(Unsafe.Add(ref start, row)).Store(in outputs, row);
        _step = local;
    }
}

internal sealed class PairRun<TStep, TOut>(TStep step) : IndicatorRun
    where TStep : struct, IPairStep<TOut>
    where TOut : struct, IValues
{
    private TStep _step = step;

    public override void Next(in Bar bar, ReadOnlySpan<double> series, Span<double> outputs)
    {
        Expect(2, series.Length, "series");
        Expect(TOut.Count, outputs.Length, "outputs");
        _step.Next(series[0], series[1]).Store(new OutputColumns(outputs), 0);
    }

    public override void Fill(int rows, CandleColumns? candles, ReadOnlySpan<double[]> series, ReadOnlySpan<double[]> outputs)
    {
        Expect(2, series.Length, "series");
        Expect(TOut.Count, outputs.Length, "outputs");
        Loop(series[0].AsSpan(0, rows), series[1].AsSpan(0, rows), new OutputColumns(outputs, rows));
    }

    private void Loop(ReadOnlySpan<double> first, ReadOnlySpan<double> second, in OutputColumns outputs)
    {
        var local = _step;
        ref var x = ref MemoryMarshal.GetReference(first);
        ref var y = ref MemoryMarshal.GetReference(second);
        for (nint row = 0; row < first.Length; row++)
            local.Next(Unsafe.Add(ref x, row), Unsafe.Add(ref y, row)).Store(in outputs, row);
        _step = local;
    }
}

internal sealed class CandleRun<TStep, TOut>(TStep step) : IndicatorRun
    where TStep : struct, ICandleStep<TOut>
    where TOut : struct, IValues
{
    private TStep _step = step;

    public override void Next(in Bar bar, ReadOnlySpan<double> series, Span<double> outputs)
    {
        Expect(TOut.Count, outputs.Length, "outputs");
        _step.Next(bar).Store(new OutputColumns(outputs), 0);
    }

    public override void Fill(int rows, CandleColumns? candles, ReadOnlySpan<double[]> series, ReadOnlySpan<double[]> outputs)
    {
        ArgumentNullException.ThrowIfNull(candles);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, candles.Capacity);
        Expect(TOut.Count, outputs.Length, "outputs");
        Loop(rows, new ColumnRow(candles), new OutputColumns(outputs, rows));
    }

    private void Loop(int rows, ColumnRow candles, in OutputColumns outputs)
    {
        var local = _step;
        for (nint row = 0; row < rows; row++)
            local.Next(candles with { At = row }).Store(in outputs, row);
        _step = local;
    }
}
