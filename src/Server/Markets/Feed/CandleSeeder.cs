using Lastro.Core.Markets;
using Lastro.Server.Markets.Archive;

namespace Lastro.Server.Markets.Feed;

/// <summary>Gives a pair's lane the past it did not see: the last day's minutes and the closed part of each running span. Repairs gaps.</summary>
internal sealed class CandleSeeder(MarketBoard board, TimeProvider time, ILogger log)
{
    private const int DayMinutes = 1_440;
    private const int SparkHours = 24;
    private const int MinutesInOneFetch = CandleHistory.MaxCandles;

    private static readonly Timeframe Hour = Named("1h");
    private static readonly Timeframe Day = Named("1d");

    /// <summary>How long after its end an incomplete candle is asked of the source.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    /// <summary>Seeds one pair; a source that fails leaves it with what our own trades give.</summary>
    public async Task Seed(PairDesk desk, CancellationToken cancellation)
    {
        if (board.Running is not { } running || board.Feed.NowMs == 0) return;
        var now = board.Feed.NowMs;
        var minuteMs = Timeframe.Minute.OpenOf(now);
        var minutes = await LastDay(running.History, desk.Symbol, minuteMs, cancellation);
        var spans = new Dictionary<Timeframe, IReadOnlyList<Candle>>();
        foreach (var timeframe in Timeframe.All.Skip(1))
            spans[timeframe] = await Span(running.History, desk.Symbol, timeframe, now, cancellation);
        var hours = await running.History.Closed(desk.Symbol, Hour, Hour.OpenOf(now), SparkHours, cancellation);
        desk.Spark = [.. hours.Select(hour => hour.Close.Value)];
        await desk.Lane.Post(_ => desk.Candles.Seed(spans, minutes), cancellation);
    }

    /// <summary>Repairs gaps as they are reported, until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await foreach (var gap in board.Gaps.Reader.ReadAllAsync(cancellation))
        {
            if (board.Running is not { } running || board.Find(gap.Symbol) is not { } desk) continue;
            var due = gap.ReportedMs + (long)Settle.TotalMilliseconds - board.Feed.WallMs;
            if (due > 0) await Task.Delay(TimeSpan.FromMilliseconds(due), time, cancellation);
            var found = await running.History.Fetch(gap.Symbol, gap.Timeframe, gap.OpenMs, cancellation);
            if (found is not { } candle)
            {
                log.LogDebug("{Symbol} {Timeframe} of {OpenMs} stays open: the source does not have it", gap.Symbol, gap.Timeframe, gap.OpenMs);
                continue;
            }

            await desk.Lane.Post(_ => desk.Candles.Repair(gap.Timeframe, candle), cancellation);
            if (gap.Timeframe == Timeframe.Minute) await Seed(desk, cancellation);
        }
    }

    private static async Task<IReadOnlyList<Candle>> LastDay(CandleHistory history, Symbol symbol, long minuteMs, CancellationToken cancellation)
    {
        var late = await history.Closed(symbol, Timeframe.Minute, minuteMs, MinutesInOneFetch, cancellation);
        var early = await history.Closed(symbol, Timeframe.Minute, minuteMs - (MinutesInOneFetch * 60_000L), DayMinutes - MinutesInOneFetch, cancellation);
        return [.. early, .. late];
    }

    /// <summary>Closed days, then hours, then minutes from the start of the running span to now.</summary>
    private static async Task<IReadOnlyList<Candle>> Span(CandleHistory history, Symbol symbol, Timeframe timeframe, long now, CancellationToken cancellation)
    {
        var at = timeframe.OpenOf(now);
        var parts = new List<Candle>();
        foreach (var step in new[] { Day, Hour, Timeframe.Minute })
        {
            var end = step.OpenOf(now);
            if (end <= at) continue;
            parts.AddRange(await history.Closed(symbol, step, end, (int)((end - at) / step.LengthMs), cancellation));
            at = end;
        }

        return parts;
    }

    private static Timeframe Named(string code) => Timeframe.TryParse(code, out var timeframe) ? timeframe : throw new InvalidOperationException(code);
}
