namespace Lastro.Server.Platform.Identity;

/// <summary>From what a request carries to who asks. The stream uses it too: for upgrades and for <c>op: auth</c>.</summary>
internal sealed class Credentials(AccessTokens tokens, SessionWatch sessions, SessionCookies cookies)
{
    private const string Bearer = "Bearer ";

    /// <summary>The token's owner if the token is valid now and its session lives. Throws what the database throws while neither memory nor database can tell.</summary>
    public async ValueTask<SignedIn?> Verify(string? token, CancellationToken cancellation) =>
        tokens.Read(token) is { } who && await sessions.IsLive(who.SessionId, cancellation) ? who : null;

    /// <summary>The access token a request carries: the header alone counts when there is one.</summary>
    public string? TokenOf(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } header, ..])
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        return request.Cookies[cookies.AccessName];
    }

    /// <summary>The access token of a WebSocket upgrade; a cookie counts only from our own origin.</summary>
    public string? TokenOfUpgrade(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 || BrowserRules.SameOrigin(request) ? TokenOf(request) : null;
}
