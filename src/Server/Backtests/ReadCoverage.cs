using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>A pair's candles of one length in a span.</summary>
internal sealed record CandleSpanAsked(Symbol Symbol, Timeframe Interval, long FromMs, long ToMs);

/// <summary>Says which candles of a span are stored and which are missing, before anything runs. Asks no source.</summary>
internal sealed class ReadCoverage(MarketsRoom markets, CandlesRoom candles)
{
    private const int MostGaps = 100;

    /// <summary>The query of GET /data/coverage.</summary>
    /// <param name="Symbol">The pair.</param>
    /// <param name="Interval">1m ... 1M.</param>
    /// <param name="From">ISO 8601.</param>
    /// <param name="To">ISO 8601; now unless told.</param>
    public sealed record Query(string? Symbol, string? Interval, string? From, string? To);

    public static Results<Ok<CoverageView>, ProblemHttpResult> Route([AsParameters] Query query, ReadCoverage verb)
    {
        var (from, badFrom) = Moment.Read("from", query.From);
        var (to, badTo) = Moment.Read("to", query.To);
        if ((badFrom ?? badTo) is { } bad) return Problems.Result(bad);
        var (asked, refused) = verb.Asked(query.Symbol, query.Interval, from, to);
        return asked is null ? Problems.Result(refused!) : TypedResults.Ok(verb.Handle(asked));
    }

    public CoverageView Handle(CandleSpanAsked asked)
    {
        var found = candles.Coverage(asked.Symbol, asked.Interval, asked.FromMs, asked.ToMs, MostGaps);
        return new CoverageView
        {
            Symbol = asked.Symbol.Value,
            Interval = asked.Interval.Code,
            Source = markets.SourceKey ?? "",
            Rows = found.Rows,
            Missing = found.Missing,
            From = Time(found.FirstMs),
            To = Time(found.LastMs),
            Gaps = [.. found.Gaps.Select(gap => new GapView(Time(gap.FromMs)!.Value, Time(gap.ToMs)!.Value, gap.Count))],
        };
    }

    /// <summary>The span in whole closed candles, or what is wrong with it.</summary>
    public (CandleSpanAsked? Asked, Refused? Refused) Asked(string? symbol, string? interval, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (!Symbol.TryParse(symbol, out var pair) || markets.Find(pair) is null) return (null, new Refused(ErrorCode.UnknownSymbol, "symbol", symbol));
        if (!Timeframe.TryParse(interval, out var length)) return (null, new Refused(ErrorCode.InvalidField, "interval", interval, string.Join(' ', Timeframe.All)));
        if (from is not { } start || start.ToUnixTimeMilliseconds() < 0) return (null, new Refused(ErrorCode.InvalidField, "from", $"{from:O}", "1970-01-01T00:00:00Z or later"));
        var toMs = candles.ClosedUntil(length, (to ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds());
        var fromMs = length.OpenOf(start.ToUnixTimeMilliseconds());
        if (fromMs < start.ToUnixTimeMilliseconds()) fromMs = length.NextOpen(fromMs);
        return fromMs < toMs
            ? (new CandleSpanAsked(pair, length, fromMs, toMs), null)
            : (null, new Refused(ErrorCode.InvalidField, "to", $"{to:O}", null, "No candle of the span is closed."));
    }

    private static DateTimeOffset? Time(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}
