using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Markets;

/// <summary>The best levels of one pair's book, best first; empty where there is no book.</summary>
internal static class GetDepth
{
    private const int Usual = 20;
    private const int Most = 1_000;

    public static async Task<Results<Ok<DepthAnswer>, ProblemHttpResult>> Handle(
        MarketBoard board, FollowLedger follows, string symbol, string? limit, CancellationToken cancellation)
    {
        var (desk, unknown) = MarketQuery.Pair(board, symbol);
        if (desk is null) return Problems.Result(unknown!);
        var (levels, bad) = MarketQuery.Limit(limit, Usual, Most);
        if (bad is not null) return Problems.Result(bad);

        follows.Need(desk.Symbol);
        var (book, asOfMs) = await desk.Lane.Ask(lane => (BookPicture.Of(lane.Book, levels), lane.Book.TimeMs), cancellation);
        var item = Depths.Item(book);
        return TypedResults.Ok(new DepthAnswer(Stamps.Of(board, desk, asOfMs)) { Symbol = desk.Symbol.Value, UpdateId = item.UpdateId, Bids = item.Bids, Asks = item.Asks });
    }
}
