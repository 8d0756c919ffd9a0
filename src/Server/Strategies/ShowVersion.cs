using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>A strategy as it was at one version.</summary>
internal sealed class ShowVersion(ShowStrategy strategies)
{
    public static async Task<Results<Ok<StrategyView>, ProblemHttpResult>> Route(string id, int version, ShowVersion verb, HttpContext context) =>
        await verb.Handle(UserId.Of(context.User), id, version, context.RequestAborted) is { } view
            ? TypedResults.Ok(view)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public Task<StrategyView?> Handle(UserId user, string id, int version, CancellationToken cancellation) => strategies.Handle(user, id, (version, null), cancellation);
}
