using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Accounts;

/// <summary>Between HTTP and the verbs of me.</summary>
internal static class MeRoutes
{
    public static async Task<Results<Ok<UserAnswer>, ProblemHttpResult>> Show(ShowMe verb, HttpContext context) =>
        await verb.Handle(UserId.Of(context.User)) is { } user
            ? TypedResults.Ok(user)
            : Problems.Result(new Refused(ErrorCode.Unauthenticated), context.Response);

    public static Task<UserSettings> ReadSettings(ReadSettings verb, HttpContext context) =>
        verb.Handle(UserId.Of(context.User), context.RequestAborted);

    public static async Task<Results<Ok<UserSettings>, ProblemHttpResult>> SaveSettings(SaveSettings verb, HttpContext context)
    {
        var (settings, refused) = await verb.Handle(context.Request.Body, UserId.Of(context.User), context.RequestAborted);
        return settings is null ? Problems.Result(refused!, context.Response) : TypedResults.Ok(settings);
    }
}
