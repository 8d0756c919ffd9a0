using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>One strategy of the caller, or a built-in one by its name.</summary>
internal sealed class ShowStrategy(StrategyStore store)
{
    public static async Task<Results<Ok<StrategyView>, ProblemHttpResult>> Route(string id, string? language, ShowStrategy verb, HttpContext context) =>
        await verb.Handle(UserId.Of(context.User), id, (null, language), context.RequestAborted) is { } view
            ? TypedResults.Ok(view)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<StrategyView?> Handle(UserId user, string id, (int? Version, string? Language) asked, CancellationToken cancellation)
    {
        if (BuiltInShelf.Find(id) is { } known) return asked.Version is null or 1 ? BuiltInShelf.View(known, asked.Language) : null;
        return Guid.TryParse(id, out var own) ? (await store.Row(user, own, asked.Version, cancellation))?.Shown() : null;
    }
}
