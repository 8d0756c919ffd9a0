namespace Lastro.Core.Indicators;

/// <summary>A number an indicator takes after its series.</summary>
/// <param name="Name">As the documentation calls it.</param>
/// <param name="Default">What the user interface proposes.</param>
/// <param name="Least">Smallest value, included.</param>
/// <param name="Most">Greatest value, included.</param>
/// <param name="Whole">True when only whole numbers make sense: counts of rows.</param>
public sealed record IndicatorParameter(string Name, double Default, double Least, double Most, bool Whole)
{
    /// <summary>The longest window of any indicator, in rows.</summary>
    public const int LongestWindow = 10_000;

    /// <summary>True when <paramref name="value"/> may be given.</summary>
    public bool Accepts(double value) => value >= Least && value <= Most && (!Whole || value == Math.Floor(value));
}

/// <summary>One column an indicator makes.</summary>
/// <param name="Name">What stands behind the dot in a rule; an indicator of one output needs none.</param>
/// <param name="Pane">Where a chart draws it.</param>
/// <param name="WarmUp">For these arguments: the first row (from 0) that can be known when every input is known.</param>
public sealed record IndicatorOutput(string Name, IndicatorPane Pane, Func<IReadOnlyList<double>, int> WarmUp);

/// <summary>Where a chart draws an output.</summary>
public enum IndicatorPane
{
    /// <summary>Over whatever its series is drawn on: prices over prices, an average of RSI over RSI.</summary>
    OfSeries,

    /// <summary>Over the candles: it is a price.</summary>
    Price,

    /// <summary>In a pane of its own: it has a scale of its own.</summary>
    Own,
}

/// <summary>What an indicator is fed.</summary>
public enum IndicatorInput
{
    /// <summary>One series of numbers.</summary>
    Series,

    /// <summary>Two series of numbers, side by side.</summary>
    TwoSeries,

    /// <summary>Whole candles.</summary>
    Candles,
}

/// <summary>The chapter of the catalog an indicator stands in.</summary>
public enum IndicatorGroup
{
    /// <summary>Moving averages and lines of best fit.</summary>
    Averages,

    /// <summary>Oscillators and measures of momentum.</summary>
    Momentum,

    /// <summary>Measures of range, deviation and channels made of them.</summary>
    Volatility,

    /// <summary>Direction and strength of a trend.</summary>
    Trend,

    /// <summary>What is made of traded volume.</summary>
    Volume,

    /// <summary>Turning points and other drawings of the price itself.</summary>
    Levels,

    /// <summary>Statistics of any series.</summary>
    Statistics,
}
