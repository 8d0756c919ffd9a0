using Lastro.Server.Markets.Feed;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Markets;

/// <summary>Where prices come from and, for a replay, where it stands.</summary>
internal static class GetSource
{
    public static Ok<SourceAnswer> Handle(MarketBoard board) => TypedResults.Ok(board.Source());
}
