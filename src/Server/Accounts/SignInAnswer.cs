using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Accounts;

/// <summary>The answer to a log-in or refresh. A browser gets both tokens as cookies and null here.</summary>
/// <param name="AccessToken">JWT for <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">For the next refresh, once.</param>
/// <param name="ExpiresIn">Seconds the access token is good for.</param>
/// <param name="User">Who signed in.</param>
internal sealed record SignInAnswer(string? AccessToken, string? RefreshToken, int ExpiresIn, UserAnswer User);

/// <summary>Hands tokens over in the way that suits the caller.</summary>
internal sealed class TokenHandover(SessionCookies cookies, BrowserRules browsers, DeviceMarks marks, AccountsOptions options)
{
    public SignInAnswer Give(HttpContext context, SessionTokens tokens, User user)
    {
        context.Response.Headers.CacheControl = "no-store";
        var seconds = (int)AccessTokens.Lifetime.TotalSeconds;
        if (!browsers.IsBrowser(context.Request))
            return new SignInAnswer(tokens.Access, tokens.Refresh, seconds, UserAnswer.Of(user));
        cookies.Set(context.Response, tokens.Access, tokens.Refresh, options.RefreshAge);
        var emailKey = EmailAddress.Key(user.Email);
        if (!marks.IsOf(context.Request.Cookies[cookies.DeviceName], emailKey))
            cookies.SetDevice(context.Response, marks.Make(emailKey));
        return new SignInAnswer(null, null, seconds, UserAnswer.Of(user));
    }

    /// <summary>Under what this request's tries at an account's password are counted.</summary>
    public LoginTry TryOf(HttpContext context, string emailKey) =>
        context.Request.Cookies[cookies.DeviceName] is { } mark && marks.IsOf(mark, emailKey)
            ? LoginTry.OfKnownDevice(mark)
            : LoginTry.OfStranger(emailKey, RateLimits.Network(context));
}
