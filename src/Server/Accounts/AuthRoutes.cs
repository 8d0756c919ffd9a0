using System.Security.Claims;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using RegisterVerb = Lastro.Server.Accounts.Register;

namespace Lastro.Server.Accounts;

/// <summary>Between HTTP and the verbs of auth: cookies in, cookies out, statuses.</summary>
internal static class AuthRoutes
{
    public static async Task<Results<Created<UserAnswer>, ProblemHttpResult>> Register(
        RegisterVerb.Request request, RegisterVerb verb, BrowserRules browsers, TokenHandover handover, HttpContext context)
    {
        var place = browsers.IsBrowser(context.Request) ? SessionPlace.Of(context) : null;
        var (user, tokens, refused) = await verb.Handle(request, place, context.RequestAborted);
        if (user is null)
            return Problems.Result(refused!, context.Response);
        if (tokens is not null)
            handover.Give(context, tokens, user);
        return TypedResults.Created("/api/v1/me", UserAnswer.Of(user));
    }

    public static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> LogIn(
        LogIn.Request request, LogIn verb, TokenHandover handover, HttpContext context)
    {
        var attempt = handover.TryOf(context, EmailAddress.Key(request.Email ?? ""));
        var (user, tokens, refused) = await verb.Handle(request, attempt, SessionPlace.Of(context), context.RequestAborted);
        return user is null ? Problems.Result(refused!, context.Response) : TypedResults.Ok(handover.Give(context, tokens!, user));
    }

    public static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> Refresh(
        Refresh.Request? request, Refresh verb, TokenHandover handover, SessionCookies cookies, HttpContext context)
    {
        var token = request?.RefreshToken ?? context.Request.Cookies[cookies.RefreshName];
        var (user, tokens, refused) = await verb.Handle(token, context.RequestAborted);
        if (user is not null)
            return TypedResults.Ok(handover.Give(context, tokens!, user));
        if (request?.RefreshToken is null)
            cookies.Clear(context.Response);
        return Problems.Result(refused!, context.Response);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> LogOut(
        Refresh.Request? request, LogOut verb, SessionCookies cookies, HttpContext context)
    {
        var who = context.User.Identity is { IsAuthenticated: true } ? Caller(context.User) : null;
        var refresh = request?.RefreshToken ?? context.Request.Cookies[cookies.RefreshName];
        var known = await verb.Handle(who, refresh, context.RequestAborted);
        cookies.Clear(context.Response);
        return known ? TypedResults.NoContent() : Problems.Result(new Refused(ErrorCode.Unauthenticated), context.Response);
    }

    public static async Task<NoContent> LogOutAll(LogOutAll verb, SessionCookies cookies, HttpContext context)
    {
        await verb.Handle(UserId.Of(context.User), context.RequestAborted);
        cookies.Clear(context.Response);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        ChangePassword.Request request, ChangePassword verb, TokenHandover handover, HttpContext context)
    {
        var refused = await verb.Handle(request, Caller(context.User), key => handover.TryOf(context, key), context.RequestAborted);
        return refused is null ? TypedResults.NoContent() : Problems.Result(refused, context.Response);
    }

    public static Task<AuthOptions.Response> Options(AuthOptions verb, CancellationToken cancellation) => verb.Handle(cancellation);

    public static async Task<Results<Ok<AuthOptions.Response>, ProblemHttpResult>> SwitchSignUp(
        SwitchSignUp.Request request, SwitchSignUp verb, AuthOptions options, HttpContext context) =>
        await verb.Handle(request, context.RequestAborted) is { } refused
            ? Problems.Result(refused, context.Response)
            : TypedResults.Ok(await options.Handle(context.RequestAborted));

    private static SignedIn Caller(ClaimsPrincipal user) => SignedIn.Of(user);
}
