using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lastro.Server.Watchlists;

/// <summary>Whether a pair exists in the price source; the room that has the source registers it. Without one every well-formed name passes.</summary>
internal sealed record KnownSymbol(Func<Symbol, bool> Ask);

/// <summary>The door: the pairs a user has starred.</summary>
internal static class WatchlistsRoom
{
    public static IServiceCollection AddWatchlists(this IServiceCollection services)
    {
        services.TryAddSingleton(new KnownSymbol(_ => true));
        return services.AddSingleton<Watch>().AddSingleton<Unwatch>().AddSingleton<ListWatched>();
    }

    public static void MapWatchlists(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/watchlist").WithTags("watchlist").RequireAuthorization(Policies.Signed);
        group.MapGet("", (ListWatched verb, HttpContext context) => verb.Handle(UserId.Of(context.User), context.RequestAborted)).WithName("watchlist");
        group.MapPut("/{symbol}", async Task<Results<NoContent, ProblemHttpResult>> (string symbol, Watch verb, HttpContext context) =>
            Answer(await verb.Handle(symbol, UserId.Of(context.User), context.RequestAborted), context)).WithName("watch");
        group.MapDelete("/{symbol}", async Task<Results<NoContent, ProblemHttpResult>> (string symbol, Unwatch verb, HttpContext context) =>
            Answer(await verb.Handle(symbol, UserId.Of(context.User), context.RequestAborted), context)).WithName("unwatch");
    }

    private static Results<NoContent, ProblemHttpResult> Answer(Refused? refused, HttpContext context) =>
        refused is null ? TypedResults.NoContent() : Problems.Result(refused, context.Response);
}
