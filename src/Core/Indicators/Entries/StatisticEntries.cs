using static Lastro.Core.Indicators.Entry;

namespace Lastro.Core.Indicators;

internal static class StatisticEntries
{
    private const string Pearson = "K. Pearson, Notes on regression and inheritance, 1895";

    public static IEnumerable<Indicator> All =>
    [
        OfOne("highest", "Highest value", Value(IndicatorPane.OfSeries, a => a.Int(0) - 1), "greatest of the last n values, this one included",
            Series(a => new Highest(a.Int(0)))),
        OfOne("lowest", "Lowest value", Value(IndicatorPane.OfSeries, a => a.Int(0) - 1), "least of the last n values, this one included",
            Series(a => new Lowest(a.Int(0)))),
        OfOne("change", "Change", Value(IndicatorPane.Own, a => a.Int(0)), "x - x[n]", Series(a => new Change(a.Int(0)))),
        OfOne("percent_change", "Change in percent", Value(IndicatorPane.Own, a => a.Int(0)), "100 * (x - x[n]) / x[n]", Series(a => new PercentChange(a.Int(0)))),
        OfOne("rank", "Percent rank", Value(IndicatorPane.Own, a => a.Int(0)), "share of the n values before that are not above x, 0 to 100",
            Series(a => new Rank(a.Int(0)))),
        OfOne("zscore", "Z-score", Value(IndicatorPane.Own, a => a.Int(0) - 1), "(x - mean) / standard deviation over n, population; unknown without deviation",
            Series(a => new ZScore(a.Int(0)))),
        new()
        {
            Name = "correlation", Title = "Correlation", Input = IndicatorInput.TwoSeries,
            Parameters = [Rows("n", 20, least: 2)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "covariance of x and y / (deviation of x * deviation of y) over n; unknown where one does not deviate", Source = Pearson,
            CostGrowsWithWindow = true,
            Make = Pair(a => new Correlation(a.Int(0))),
        },
        new()
        {
            Name = "beta", Title = "Beta", Input = IndicatorInput.TwoSeries,
            Parameters = [Rows("n", 20, least: 2)], Outputs = Value(IndicatorPane.Own, a => a.Int(0) - 1),
            Formula = "covariance of x and y / variance of y over n: give it changes, not prices, for a market's beta; unknown where y does not deviate", Source = Pearson,
            CostGrowsWithWindow = true,
            Make = Pair(a => new Beta(a.Int(0))),
        },
    ];

    private static Indicator OfOne(string name, string title, IReadOnlyList<IndicatorOutput> outputs, string formula, Func<double[], IndicatorRun> make) => new()
    {
        Name = name,
        Title = title,
        Input = IndicatorInput.Series,
        Parameters = [Rows("n", name.EndsWith("change", StringComparison.Ordinal) ? 1 : 20, least: name == "zscore" ? 2 : 1)],
        Outputs = outputs,
        Formula = formula,
        Source = "by definition",
        CostGrowsWithWindow = name == "rank",
        Make = make,
    };
}
