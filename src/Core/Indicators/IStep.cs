namespace Lastro.Core.Indicators;

/// <summary>
/// An indicator of one series, written once: gives the outputs of the row it is fed. A struct, so that the batch loop over a
/// column inlines it. An unknown input (not finite) gives unknown outputs (NaN) and changes nothing.
/// Arithmetic is IEEE double in the written order, never fused, so every machine gets the same bits; only exp and log, of
/// which a few are made, are the platform's own.
/// </summary>
internal interface ISeriesStep<out TOut>
    where TOut : struct, IValues
{
    TOut Next(double x);
}

/// <summary>The same for two series side by side.</summary>
internal interface IPairStep<out TOut>
    where TOut : struct, IValues
{
    TOut Next(double x, double y);
}

/// <summary>The same for whole candles. A step asks only for what it needs: a missing volume harms only who reads volumes.</summary>
internal interface ICandleStep<out TOut>
    where TOut : struct, IValues
{
    TOut Next<TRow>(TRow row)
        where TRow : struct, IRow, allows ref struct;
}
