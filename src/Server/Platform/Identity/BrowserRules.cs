using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Platform.Identity;

/// <summary>
/// Keeps other sites from acting through a visitor's cookies: Fetch Metadata first, Origin where a browser sends none of it
/// (OWASP CSRF cheat sheet), and no body but JSON.
/// </summary>
internal sealed class BrowserRules(SessionCookies cookies, CookieMode mode)
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Whether the caller is a browser, which gets cookies and no tokens. Browsers leave Sec-Fetch-Site out on plain http to a host that is not loopback.</summary>
    public bool IsBrowser(HttpRequest request) =>
        request.Headers.ContainsKey(FetchSite) || (mode.InsecureHttp && request.Headers.ContainsKey("Origin"));

    /// <summary>Null when the request may change something, else why not.</summary>
    public Refused? Check(HttpRequest request)
    {
        if (IsSafe(request.Method) || request.Headers.ContainsKey("Authorization"))
            return null;
        var site = request.Headers[FetchSite].ToString();
        if (site.Length > 0 && site is not ("same-origin" or "none"))
            return new Refused(ErrorCode.Forbidden, Field: FetchSite, Value: site, Limit: "same-origin", Detail: "Another site may not do this.");
        if (!CarriesCookie(request))
            return null;
        if (site.Length == 0 && !SameOrigin(request))
            return new Refused(ErrorCode.Forbidden, Field: "Origin", Limit: OwnOrigin(request), Detail: "A request with cookies must come from this origin.");
        if (HasBody(request) && !request.HasJsonContentType())
            return new Refused(ErrorCode.Forbidden, Field: "Content-Type", Limit: "application/json", Detail: "A request with cookies must carry JSON.");
        return null;
    }

    /// <summary>For WebSocket upgrades that rely on the cookie: browsers always send Origin with them.</summary>
    public static bool SameOrigin(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && string.Equals(origin, OwnOrigin(request), StringComparison.OrdinalIgnoreCase);

    public async Task Run(HttpContext context, RequestDelegate next)
    {
        if (Check(context.Request) is { } refused)
            await Problems.Result(refused).ExecuteAsync(context);
        else
            await next(context);
    }

    private static string OwnOrigin(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    private bool CarriesCookie(HttpRequest request) =>
        request.Cookies.ContainsKey(cookies.AccessName) || request.Cookies.ContainsKey(cookies.RefreshName);
}
