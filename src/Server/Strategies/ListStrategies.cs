using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Strategies;

/// <summary>The caller's strategies, changed last first, then the built-in ones. As many as a user may have are one page.</summary>
internal sealed class ListStrategies(StrategyStore store, IOptions<StrategiesOptions> options)
{
    public static async Task<Ok<Paged<StrategyView>>> Route(string? language, ListStrategies verb, HttpContext context) =>
        TypedResults.Ok(await verb.Handle(UserId.Of(context.User), language, context.RequestAborted));

    public async Task<Paged<StrategyView>> Handle(UserId user, string? language, CancellationToken cancellation)
    {
        var own = await store.Newest(user, options.Value.PerUser, cancellation);
        return new Paged<StrategyView>([.. own.Select(row => row.Shown()), .. BuiltInShelf.All(language)], null);
    }
}
