using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Archive;

/// <summary>Closed candles from the archive; what is missing there is fetched from the source once and kept.</summary>
internal sealed class CandleHistory(IPriceSource source, CandleArchive archive, FeedState feed, ILogger log)
{
    /// <summary>Candles fetched in one go.</summary>
    public const int MaxCandles = 1_000;

    /// <summary>A candle is not asked for before it is over for this long: our own lane closes it first.</summary>
    private const long SettleMs = 3_000;

    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(8);

    /// <summary>The newest <paramref name="limit"/> closed candles that open before <paramref name="beforeMs"/>, oldest first. A source that fails leaves holes.</summary>
    /// <param name="symbol">The pair.</param>
    /// <param name="timeframe">The length.</param>
    /// <param name="beforeMs">Where they end.</param>
    /// <param name="limit">So many.</param>
    /// <param name="cancellation">Of the caller.</param>
    /// <param name="may">Asked before the source is: may so many candles be fetched? Null: they may.</param>
    public async Task<IReadOnlyList<Candle>> Closed(
        Symbol symbol, Timeframe timeframe, long beforeMs, int limit, CancellationToken cancellation, Func<int, bool>? may = null)
    {
        var series = archive.Series(symbol, timeframe);
        var endMs = Math.Min(beforeMs, timeframe.OpenOf(feed.NowMs));
        var fromMs = Back(timeframe, timeframe.OpenOf(endMs - 1), limit - 1);
        if (Missing(series, fromMs, Math.Min(endMs, timeframe.OpenOf(feed.NowMs - SettleMs))) is { } hole && (may is null || may(CountOf(timeframe, hole))))
            await Fill(symbol, series, fromMs, endMs, cancellation);
        return series.Read(fromMs, endMs, limit);
    }

    /// <summary>Has a span's missing candles fetched and kept, at most <see cref="MaxCandles"/>; false when the source did not answer.</summary>
    public async Task<bool> Keep(Symbol symbol, Timeframe timeframe, long fromMs, long toMs, CancellationToken cancellation)
    {
        var series = archive.Series(symbol, timeframe);
        return Missing(series, fromMs, toMs) is null || await Fill(symbol, series, fromMs, toMs, cancellation);
    }

    /// <summary>How many candles of a span would be asked of the source; 0 when all are stored or known to be absent there.</summary>
    public int Lacks(Symbol symbol, Timeframe timeframe, long fromMs, long toMs) =>
        Missing(archive.Series(symbol, timeframe), fromMs, toMs) is { } hole ? CountOf(timeframe, hole) : 0;

    /// <summary>Fetches one candle that our own trades could not complete; null when the source does not have it either.</summary>
    public async Task<Candle?> Fetch(Symbol symbol, Timeframe timeframe, long openMs, CancellationToken cancellation)
    {
        var found = await FromSource(symbol, timeframe, openMs, timeframe.NextOpen(openMs), cancellation);
        if (found is not [var candle]) return null;
        archive.Series(symbol, timeframe).Write(found);
        return candle;
    }

    private async Task<bool> Fill(Symbol symbol, CandleSeries series, long fromMs, long endMs, CancellationToken cancellation)
    {
        await series.Filling.WaitAsync(cancellation);
        try
        {
            if (Missing(series, fromMs, endMs) is not { } hole) return true;
            var found = await FromSource(symbol, series.Timeframe, hole.FromMs, hole.ToMs, cancellation);
            if (found is null) return false;
            series.Write(found);
            var (low, high) = series.Asked;
            var touches = hole.FromMs <= high && hole.ToMs >= low && high > 0;
            series.Asked = touches ? (Math.Min(low, hole.FromMs), Math.Max(high, hole.ToMs)) : hole;
            return true;
        }
        finally
        {
            series.Filling.Release();
        }
    }

    private async Task<IReadOnlyList<Candle>?> FromSource(Symbol symbol, Timeframe timeframe, long fromMs, long toMs, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FetchTimeout);
        try
        {
            return await source.FetchCandles(symbol, timeframe, fromMs, toMs, MaxCandles, limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            log.LogWarning("Candles {Timeframe} of {Symbol} could not be fetched: {Reason}", timeframe, symbol, error.Message);
            return null;
        }
    }

    /// <summary>From the first to the last candle that is neither stored nor known to be absent at the source.</summary>
    private static (long FromMs, long ToMs)? Missing(CandleSeries series, long fromMs, long endMs)
    {
        var known = series.Opens(fromMs, endMs);
        var (asked, at) = (series.Asked, 0);
        (long FromMs, long ToMs)? hole = null;
        for (var open = series.Timeframe.OpenOf(fromMs); open < endMs; open = series.Timeframe.NextOpen(open))
        {
            while (at < known.Count && known[at] < open) at++;
            if ((at < known.Count && known[at] == open) || (open >= asked.FromMs && open < asked.ToMs)) continue;
            hole = (hole?.FromMs ?? open, series.Timeframe.NextOpen(open));
        }

        return hole;
    }

    private static int CountOf(Timeframe timeframe, (long FromMs, long ToMs) hole) =>
        (int)Math.Clamp((hole.ToMs - hole.FromMs) / (timeframe.LengthMs > 0 ? timeframe.LengthMs : 2_592_000_000L), 1, MaxCandles);

    private static long Back(Timeframe timeframe, long openMs, int count) => timeframe.LengthMs > 0
        ? Math.Max(0, openMs - (timeframe.LengthMs * count))
        : Math.Max(0, DateTimeOffset.FromUnixTimeMilliseconds(openMs).AddMonths(-count).ToUnixTimeMilliseconds());
}
