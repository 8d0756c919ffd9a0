using System.Globalization;
using Lastro.Core.Indicators;

namespace Lastro.Core.Strategies;

/// <summary>What the rules cost: parts, rows kept, rows looked at again. An upper bound; equal parts are counted apart.</summary>
internal sealed class RuleCosts
{
    public long Nodes { get; set; }

    public long WindowRows { get; private set; }

    public long LagRows { get; set; }

    public long SlowRows { get; private set; }

    public void Add(Indicator entry, ReadOnlySpan<double> settings)
    {
        for (var index = 0; index < settings.Length; index++)
        {
            if (!entry.Parameters[index].Whole)
                continue;
            WindowRows += (long)settings[index];
            if (entry.CostGrowsWithWindow && index == 0)
                SlowRows += (long)settings[index];
        }
    }

    public void Check(Problems problems)
    {
        Limit(problems, ErrorCodes.TooManyNodes, Nodes, StrategyLimits.Nodes);
        Limit(problems, ErrorCodes.WindowsTooLong, WindowRows, StrategyLimits.WindowRows);
        Limit(problems, ErrorCodes.LagsTooLong, LagRows, StrategyLimits.TotalLagRows);
        Limit(problems, ErrorCodes.SlowWindowsTooLong, SlowRows, StrategyLimits.SlowWindowRows);
    }

    private static void Limit(Problems problems, string code, long count, int limit)
    {
        if (count > limit)
        {
            problems.Add(code, "enter", ("count", count.ToString(CultureInfo.InvariantCulture)), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
