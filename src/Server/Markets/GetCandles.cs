using Lastro.Core.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Markets;

/// <summary>Candles of one pair, oldest first: closed ones from the archive, then what is still open.</summary>
internal static class GetCandles
{
    private const int Usual = 500;
    private const int Most = 1_000;

    public static async Task<Results<Ok<CandlesAnswer>, ProblemHttpResult>> Handle(
        MarketBoard board, FollowLedger follows, CandleAllowance allowance, [AsParameters] CandlesRequest request, HttpContext context)
    {
        var (desk, unknown) = MarketQuery.Pair(board, request.Symbol);
        if (desk is null) return Problems.Result(unknown!);
        var (interval, badInterval) = MarketQuery.Interval(request.Interval ?? "1m");
        var (limit, badLimit) = MarketQuery.Limit(request.Limit, Usual, Most);
        var (before, badBefore) = MarketQuery.Moment(request.Before, "before");
        if ((badInterval ?? badLimit ?? badBefore) is { } bad) return Problems.Result(bad);

        follows.Need(desk.Symbol);
        return TypedResults.Ok(new CandlesAnswer(board.Stamp())
        {
            Symbol = desk.Symbol.Value,
            Interval = interval.Code,
            Items = await Items(board, desk, interval, new CandleWindow(before ?? long.MaxValue, limit) { May = count => allowance.Take(AskerOf(context), count) }, context.RequestAborted),
        });
    }

    /// <summary>The newest candles before a moment. An incomplete minute is shown, but never as closed.</summary>
    public static async Task<IReadOnlyList<CandleItem>> Items(
        MarketBoard board, PairDesk desk, Timeframe interval, CandleWindow window, CancellationToken cancellation)
    {
        if (board.Running is not { } running) return [];
        // The lane first: a candle that closes in between is then in the archive's answer, which counts more.
        var tail = await desk.Lane.Ask(_ => desk.Candles.Tail(interval), cancellation);
        var closed = await running.History.Closed(desk.Symbol, interval, window.BeforeMs, window.Limit, cancellation, window.May);
        var items = new SortedDictionary<long, CandleItem>();
        foreach (var live in tail.Where(live => live.Candle.OpenTimeMs < window.BeforeMs))
            items[live.Candle.OpenTimeMs] = CandleItem.Of(live.Candle, live.Closed);
        foreach (var candle in closed)
            items[candle.OpenTimeMs] = CandleItem.Of(candle, closed: true);
        return [.. items.Values.Skip(Math.Max(0, items.Count - window.Limit))];
    }

    private static string AskerOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? $"{CandleAllowance.User}{UserId.Of(context.User)}" : RateLimits.Network(context);
}

/// <summary>The newest so many before a moment.</summary>
internal sealed record CandleWindow(long BeforeMs, int Limit)
{
    /// <summary>Asked before the source is; null where it may be.</summary>
    public Func<int, bool>? May { get; init; }
}

/// <summary>Which candles.</summary>
/// <param name="Symbol">The pair.</param>
/// <param name="Interval">1m ... 1M; 1m unless told.</param>
/// <param name="Limit">1 to 1000; 500 unless told.</param>
/// <param name="Before">Unix milliseconds: only candles that open before it.</param>
internal sealed record CandlesRequest(string Symbol, string? Interval, string? Limit, string? Before);
