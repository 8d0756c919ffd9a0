using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Server.Markets.Archive;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Markets;

/// <summary>What the archive holds of a span.</summary>
/// <param name="Rows">Candles stored.</param>
/// <param name="FirstMs">Open time of the first; null without any.</param>
/// <param name="LastMs">Open time of the last.</param>
/// <param name="Missing">Candles not stored.</param>
/// <param name="Gaps">Where, oldest first; the list may be cut, the count is not.</param>
internal sealed record CandleCoverage(int Rows, long? FirstMs, long? LastMs, long Missing, IReadOnlyList<CandleSpanMissing> Gaps);

/// <summary>Candles in a row that are not stored.</summary>
/// <param name="FromMs">Open time of the first of them.</param>
/// <param name="ToMs">Where the next one that is there opens, or would.</param>
/// <param name="Count">So many.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct CandleSpanMissing(long FromMs, long ToMs, long Count);

/// <summary>Stored candles, to be read in blocks of any size from the first to the last, as often as wanted and always the same.</summary>
internal sealed class CandleStretch(CandleFile file, IReadOnlyList<int> rows)
{
    /// <summary>Records; a damaged one among them is not delivered.</summary>
    public int Rows => rows.Count;

    /// <summary>Writes the next candles from row 0 of the columns on, at most as they hold; gives how many, 0 at the end. Reads the disk.</summary>
    /// <param name="at">Where to go on: 0 at first, moved here.</param>
    /// <param name="into">Prices and volume as the doubles nearest to what is stored.</param>
    public int Read(ref int at, CandleColumns into)
    {
        var count = 0;
        while (count == 0 && at < rows.Count) count = file.ReadColumns(rows, ref at, into);
        return count;
    }
}

/// <summary>What other rooms may ask about a pair's past: the archive of the source that runs now, and the source for what is missing there.</summary>
internal sealed class CandlesRoom(MarketBoard board, CandleAllowance allowance)
{
    /// <summary>Candles of one <see cref="Fetch"/>.</summary>
    public const int Piece = CandleHistory.MaxCandles;

    /// <summary>Closed candles that open before a moment, oldest first; what is missing is asked of the source.</summary>
    public async Task<IReadOnlyList<Candle>> Recent(Symbol symbol, Timeframe timeframe, long beforeMs, int count, CancellationToken cancellation)
    {
        if (board.Running is not { } running || board.Find(symbol) is null || board.Feed.NowMs == 0) return [];
        var found = new List<Candle>();
        var before = Math.Min(beforeMs, board.Feed.NowMs);
        for (var tries = (count / Piece) + 3; tries > 0 && found.Count < count; tries--)
        {
            var piece = await running.History.Closed(symbol, timeframe, before, Math.Min(Piece, count - found.Count), cancellation);
            if (piece.Count == 0) break;
            found.InsertRange(0, piece);
            before = piece[0].OpenTimeMs;
        }

        return found;
    }

    /// <summary>Candles as columns of the doubles nearest to them.</summary>
    public static CandleColumns Columns(IReadOnlyList<Candle> candles) => new()
    {
        OpenTimeMs = [.. candles.Select(candle => candle.OpenTimeMs)],
        Open = [.. candles.Select(candle => ExactDouble.Of(candle.Open.Value))],
        High = [.. candles.Select(candle => ExactDouble.Of(candle.High.Value))],
        Low = [.. candles.Select(candle => ExactDouble.Of(candle.Low.Value))],
        Close = [.. candles.Select(candle => ExactDouble.Of(candle.Close.Value))],
        Volume = [.. candles.Select(candle => ExactDouble.Of(candle.Volume.Value))],
    };

    /// <summary>What is stored of fromMs &lt;= open time &lt; toMs and closed by now. Asks no source.</summary>
    public CandleCoverage Coverage(Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int mostGaps) =>
        board.Running is { } running && ClosedUntil(timeframe, toMs) is var end && end > fromMs
            ? running.Archive.Series(symbol, timeframe).Coverage(fromMs, end, mostGaps)
            : new CandleCoverage(0, null, null, 0, []);

    /// <summary>The stored candles with fromMs &lt;= open time &lt; toMs; null while no source is open.</summary>
    public CandleStretch? Stretch(Symbol symbol, Timeframe timeframe, long fromMs, long toMs) =>
        board.Running?.Archive.Series(symbol, timeframe).Stretch(fromMs, ClosedUntil(timeframe, toMs));

    /// <summary>The open time so many candles earlier, gaps or not; never before the epoch.</summary>
    public static long Back(Timeframe timeframe, long openMs, int candles) => timeframe.LengthMs > 0
        ? Math.Max(0, timeframe.OpenOf(Math.Max(0, openMs - (timeframe.LengthMs * candles))))
        : Math.Max(0, DateTimeOffset.FromUnixTimeMilliseconds(openMs).AddMonths(-Math.Min(candles, 240)).ToUnixTimeMilliseconds());

    /// <summary>
    /// Has the missing candles of a span fetched and kept as far as the user may have some fetched now and the source answers. For what a run reads
    /// before its first candle: with it the same run reads the same, whatever somebody else has looked at.
    /// </summary>
    public async Task Complete(Symbol symbol, Timeframe timeframe, (long FromMs, long ToMs) span, UserId user, CancellationToken cancellation)
    {
        if (board.Running is not { } running) return;
        for (var from = span.FromMs; from < span.ToMs;)
        {
            var to = from;
            for (var candle = 0; candle < Piece && to < span.ToMs; candle++) to = timeframe.NextOpen(to);
            to = Math.Min(to, ClosedUntil(timeframe, span.ToMs));
            if (to <= from) return;
            if (running.History.Lacks(symbol, timeframe, from, to) is var lacking && lacking > 0
                && (!allowance.Take($"{CandleAllowance.User}{user}", lacking) || !await running.History.Keep(symbol, timeframe, from, to, cancellation))) return;
            from = to;
        }
    }

    /// <summary>Has the candles of a span of at most <see cref="Piece"/> fetched and kept, where they are missing. False when the source did not answer.</summary>
    public async Task<bool> Fetch(Symbol symbol, Timeframe timeframe, long fromMs, long toMs, CancellationToken cancellation) =>
        board.Running is { } running && await running.History.Keep(symbol, timeframe, fromMs, ClosedUntil(timeframe, toMs), cancellation);

    /// <summary>The end of the closed candles, but no later than asked.</summary>
    public long ClosedUntil(Timeframe timeframe, long toMs) => board.Feed.NowMs is > 0 and var now ? Math.Min(toMs, timeframe.OpenOf(now)) : 0;
}
