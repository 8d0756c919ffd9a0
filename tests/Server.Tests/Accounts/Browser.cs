using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Lastro.Server.Tests.Accounts;

/// <summary>Keeps cookies and sends what a browser sends.</summary>
internal sealed class Browser(HttpClient client)
{
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>The last Set-Cookie headers, whole.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>Null leaves the header out.</summary>
    public string? FetchSite { get; set; } = "same-origin";

    public string? Origin { get; set; }

    public Task<HttpResponseMessage> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body));

    public Task<HttpResponseMessage> Get(string path) => Send(HttpMethod.Get, path, null);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (FetchSite is not null)
            request.Headers.Add("Sec-Fetch-Site", FetchSite);
        if (Origin is not null)
            request.Headers.Add("Origin", Origin);
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(one => $"{one.Key}={one.Value}")));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("TestBrowser", "1.0"));
        var answer = await client.SendAsync(request);
        SetCookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
        foreach (var cookie in SetCookies)
            Keep(cookie);
        return answer;
    }

    private void Keep(string cookie)
    {
        var pair = cookie.Split(';')[0].Split('=', 2);
        if (cookie.Contains("max-age=0", StringComparison.OrdinalIgnoreCase))
            Cookies.Remove(pair[0]);
        else
            Cookies[pair[0]] = pair[1];
    }
}
