namespace Lastro.Core.Indicators;

/// <summary>Short words for writing the catalog.</summary>
internal static class Entry
{
    private const int Longest = IndicatorParameter.LongestWindow;

    /// <summary>A window in rows.</summary>
    public static IndicatorParameter Rows(string name, int usual, int least = 1) => new(name, usual, least, Longest, Whole: true);

    public static IndicatorParameter Number(string name, double usual, double least, double most) => new(name, usual, least, most, Whole: false);

    public static IndicatorOutput Out(string name, IndicatorPane pane, Func<IReadOnlyList<double>, int> warmUp) => new(name, pane, warmUp);

    /// <summary>The only output of an indicator.</summary>
    public static IReadOnlyList<IndicatorOutput> Value(IndicatorPane pane, Func<IReadOnlyList<double>, int> warmUp) => [Out("value", pane, warmUp)];

    /// <summary>Argument <paramref name="index"/> as a count of rows.</summary>
    public static int Int(this IReadOnlyList<double> arguments, int index) => (int)arguments[index];

    public static Func<double[], IndicatorRun> Series<TStep, TOut>(Func<double[], TStep> make)
        where TStep : struct, ISeriesStep<TOut>
        where TOut : struct, IValues => arguments => new SeriesRun<TStep, TOut>(make(arguments));

    public static Func<double[], IndicatorRun> Series<TStep>(Func<double[], TStep> make)
        where TStep : struct, ISeriesStep<One> => Series<TStep, One>(make);

    public static Func<double[], IndicatorRun> Pair<TStep>(Func<double[], TStep> make)
        where TStep : struct, IPairStep<One> => arguments => new PairRun<TStep, One>(make(arguments));

    public static Func<double[], IndicatorRun> Candles<TStep, TOut>(Func<double[], TStep> make)
        where TStep : struct, ICandleStep<TOut>
        where TOut : struct, IValues => arguments => new CandleRun<TStep, TOut>(make(arguments));

    public static Func<double[], IndicatorRun> Candles<TStep>(Func<double[], TStep> make)
        where TStep : struct, ICandleStep<One> => Candles<TStep, One>(make);
}
