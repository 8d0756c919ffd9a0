namespace Lastro.Core.Indicators;

/// <summary>Every indicator there is, once. Language, editor, charts and documentation read it from here.</summary>
public static class IndicatorCatalog
{
    private static readonly Dictionary<string, Indicator> _byName;

    static IndicatorCatalog()
    {
        All =
        [
            .. In(IndicatorGroup.Averages, AverageEntries.All),
            .. In(IndicatorGroup.Momentum, MomentumEntries.All),
            .. In(IndicatorGroup.Volatility, VolatilityEntries.All),
            .. In(IndicatorGroup.Trend, TrendEntries.All),
            .. In(IndicatorGroup.Volume, VolumeEntries.All),
            .. In(IndicatorGroup.Levels, LevelEntries.All),
            .. In(IndicatorGroup.Statistics, StatisticEntries.All),
        ];
        _byName = All.ToDictionary(indicator => indicator.Name, StringComparer.Ordinal);
    }

    /// <summary>All of them, chapter by chapter.</summary>
    public static IReadOnlyList<Indicator> All { get; }

    /// <summary>The indicator rules call <paramref name="name"/>; null when there is none.</summary>
    public static Indicator? Find(string name) => _byName.GetValueOrDefault(name);

    private static IEnumerable<Indicator> In(IndicatorGroup group, IEnumerable<Indicator> entries) =>
        entries.Select(entry => entry with { Group = group });
}
