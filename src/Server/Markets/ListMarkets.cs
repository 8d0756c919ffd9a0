using Lastro.Server.Markets.Feed;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Markets;

/// <summary>Every pair of the price source with its grid.</summary>
internal static class ListMarkets
{
    public static Ok<MarketsAnswer> Handle(MarketBoard board) =>
        TypedResults.Ok(new MarketsAnswer(board.Stamp()) { Items = [.. board.Instruments.Select(MarketItem.Of)] });
}
