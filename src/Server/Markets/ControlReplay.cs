using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Markets;

/// <summary>Lets a replay run or wait. Asking for what is already so changes nothing.</summary>
internal static class ControlReplay
{
    public static Results<Ok<SourceAnswer>, ProblemHttpResult> Handle(MarketBoard board, MarketPublisher publisher, bool play)
    {
        if (board.Running?.Market.Replay is not { } replay)
            return Problems.Result(new Refused(ErrorCode.NotFound, Field: "replay", Detail: "The price source is not a replay."));
        if (play) replay.Play();
        else replay.Pause();
        publisher.PublishSource();
        return TypedResults.Ok(board.Source());
    }
}
