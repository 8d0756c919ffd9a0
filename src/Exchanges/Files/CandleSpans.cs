using System.Runtime.InteropServices;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Files;

/// <summary>
/// The steps between the open times of a file's rows, run by run: which one is the file's own, and where rows are missing.
/// Memory grows with the gaps, not with the rows.
/// </summary>
public sealed class CandleSpans
{
    private const long DayMs = 86_400_000;

    private readonly List<Run> _runs = [];
    private Run _run;

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>The first row's open time, Unix milliseconds; -1 without rows.</summary>
    public long FirstMs { get; private set; } = -1;

    /// <summary>The last row's open time, Unix milliseconds; -1 without rows.</summary>
    public long LastMs { get; private set; } = -1;

    /// <summary>The most frequent step in milliseconds, of equally frequent ones the smallest; a minute when there are less than two rows.</summary>
    public long StepMs
    {
        get
        {
            var counts = new Dictionary<long, long>();
            foreach (var run in Runs())
                counts[run.StepMs] = counts.GetValueOrDefault(run.StepMs) + run.Count;
            return counts.Count == 0 ? Core.Markets.Timeframe.Minute.LengthMs : counts.OrderByDescending(step => step.Value).ThenBy(step => step.Key).First().Key;
        }
    }

    /// <summary>The timeframe of that step; null when it is of none.</summary>
    public Timeframe? Timeframe
    {
        get
        {
            var step = StepMs;
            if (IsMonth(step))
                return Core.Markets.Timeframe.Parse("1M");
            foreach (var timeframe in Core.Markets.Timeframe.All)
            {
                if (timeframe.LengthMs == step)
                    return timeframe;
            }

            return null;
        }
    }

    /// <summary>Takes the next row's open time, later than the one before.</summary>
    public void Add(long openTimeMs)
    {
        if (Rows++ == 0)
        {
            FirstMs = LastMs = openTimeMs;
            return;
        }

        var step = openTimeMs - LastMs;
        if (step != _run.StepMs)
        {
            if (_run.Count > 0)
                _runs.Add(_run);
            _run = new Run(LastMs, step, 0);
        }

        _run = _run with { Count = _run.Count + 1 };
        LastMs = openTimeMs;
    }

    /// <summary>Where rows are missing: a step longer than the file's own.</summary>
    public IReadOnlyList<CandleGap> Gaps()
    {
        var step = StepMs;
        var longest = IsMonth(step) ? 31 * DayMs : step;
        var gaps = new List<CandleGap>();
        foreach (var run in Runs().Where(run => run.StepMs > longest))
        {
            for (var i = 0L; i < run.Count; i++)
                gaps.Add(new CandleGap(run.FromMs + (i * run.StepMs), run.FromMs + ((i + 1) * run.StepMs), Math.Max(1, (run.StepMs / step) - 1)));
        }

        return gaps;
    }

    private static bool IsMonth(long stepMs) => stepMs is >= 28 * DayMs and <= 31 * DayMs;

    private IEnumerable<Run> Runs() => _run.Count > 0 ? _runs.Append(_run) : _runs;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Run(long FromMs, long StepMs, long Count);
}

/// <summary>Missing rows between two present ones.</summary>
/// <param name="AfterMs">Open time of the row before, Unix milliseconds.</param>
/// <param name="BeforeMs">Open time of the row after, Unix milliseconds.</param>
/// <param name="Missing">How many rows of the file's step would fit, at least one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CandleGap(long AfterMs, long BeforeMs, long Missing);
