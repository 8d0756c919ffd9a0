using Lastro.Core.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Markets;

/// <summary>The latest trades of one pair, newest first.</summary>
internal static class GetTrades
{
    private const int Usual = 50;

    public static async Task<Results<Ok<TradesAnswer>, ProblemHttpResult>> Handle(
        MarketBoard board, FollowLedger follows, string symbol, string? limit, CancellationToken cancellation)
    {
        var (desk, unknown) = MarketQuery.Pair(board, symbol);
        if (desk is null) return Problems.Result(unknown!);
        var (count, bad) = MarketQuery.Limit(limit, Usual, PairViews.KeptTrades);
        if (bad is not null) return Problems.Result(bad);

        follows.Need(desk.Symbol);
        var trades = await Latest(desk, count, cancellation);
        return TypedResults.Ok(new TradesAnswer(Stamps.Of(board, desk, trades is [var newest, ..] ? newest.TimeMs : 0))
        {
            Symbol = desk.Symbol.Value,
            Items = [.. trades.Select(TradeItem.Of)],
        });
    }

    public static Task<IReadOnlyList<MarketTrade>> Latest(PairDesk desk, int count, CancellationToken cancellation) =>
        desk.Lane.Ask(_ => desk.Views?.Recent(count) ?? [], cancellation);
}
