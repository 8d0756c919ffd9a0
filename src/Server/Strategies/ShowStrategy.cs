using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>One strategy of the caller, or a built-in one by its name.</summary>
internal sealed class ShowStrategy(StrategyStore store)
{
    public static async Task<Results<Ok<StrategyView>, ProblemHttpResult>> Route(string id, ShowStrategy verb, HttpContext context) =>
        await verb.Handle(UserId.Of(context.User), id, null, context.RequestAborted) is { } view
            ? TypedResults.Ok(view)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<StrategyView?> Handle(UserId user, string id, int? version, CancellationToken cancellation)
    {
        if (BuiltInStrategies.Find(id) is { } known) return version is null or 1 ? StrategyView.Of(known) : null;
        return Guid.TryParse(id, out var own) ? (await store.Row(user, own, version, cancellation))?.Shown() : null;
    }
}
