namespace Lastro.Core.Triggers;

/// <summary>A conditional order that a trade has fired.</summary>
/// <param name="Id">The order.</param>
/// <param name="Threshold">What the trade reached, exact: the trigger price, or a trailing stop's extreme*(1 -/+ bps/10000), up to four decimals more than prices have.</param>
public readonly record struct Fired(long Id, Price Threshold);

/// <summary>A trailing stop whose extreme is another than was last told.</summary>
/// <param name="Id">The order.</param>
/// <param name="Extreme">The best trade price since placement or activation.</param>
public readonly record struct MovedExtreme(long Id, Price Extreme);
