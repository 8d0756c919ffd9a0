using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Lastro.Server.LegacyApis;

/// <summary>An answer of our own API.</summary>
internal sealed record OwnAnswer(int Status, JsonElement Body, string? RetryAfter)
{
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>A field as text; null when it is absent or null.</summary>
    public string? this[string name] =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    public IEnumerable<JsonElement> Items => Body.TryGetProperty("items", out var items) ? items.EnumerateArray() : [];

    /// <summary>Why not, for people.</summary>
    public string Why => this["detail"] ?? this["title"] ?? "The request was refused.";
}

/// <summary>
/// Our own API, asked for the caller of an older one by sending a request of its own down the rest of the pipeline. It carries the bearer
/// token, the idempotency key and the address, and nothing else: no cookies, no browser's marks.
/// </summary>
internal sealed class OwnApi(HttpContext outer, RequestDelegate pipeline)
{
    private static readonly string[] _carried = ["Authorization", "User-Agent", "Accept-Language", "Idempotency-Key"];

    public CancellationToken Aborted => outer.RequestAborted;

    public IServiceProvider Services => outer.RequestServices;

    /// <summary>The caller's key against doing a thing twice; null for none.</summary>
    public string? Key => outer.Request.Headers["Idempotency-Key"].FirstOrDefault();

    /// <summary>The caller's bearer token; null for none.</summary>
    public string? Bearer => outer.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..] : null;

    public string? Query(string name) => outer.Request.Query[name].FirstOrDefault();

    public Task<OwnAnswer> Get(string path) => Send("GET", path, null);

    public async Task<OwnAnswer> Send(string method, string path, object? body)
    {
        var question = path.IndexOf('?', StringComparison.Ordinal);
        using var answer = new MemoryStream();
        using var sent = new MemoryStream(body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body));
        IHeaderDictionary headers = new HeaderDictionary();
        (headers.Host, headers.Accept) = (outer.Request.Host.Value, "application/json");
        foreach (var name in _carried)
        {
            if (outer.Request.Headers.TryGetValue(name, out var value)) headers[name] = value;
        }

        if (body is not null) (headers.ContentType, headers.ContentLength) = ("application/json", sent.Length);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Scheme = outer.Request.Scheme,
            Protocol = outer.Request.Protocol,
            Path = question < 0 ? path : path[..question],
            QueryString = question < 0 ? "" : path[question..],
            Headers = headers,
            Body = sent,
        });
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyMark(body is not null));
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set(outer.Features.Get<IHttpConnectionFeature>());
        features.Set(outer.Features.Get<IHttpRequestLifetimeFeature>());
        var contexts = outer.RequestServices.GetRequiredService<IHttpContextFactory>();
        var inner = contexts.Create(features);
        try
        {
            await pipeline(inner);
            await inner.Response.CompleteAsync();
            return new OwnAnswer(inner.Response.StatusCode, Read(answer.ToArray()), inner.Response.Headers.RetryAfter.FirstOrDefault());
        }
        finally
        {
            contexts.Dispose(inner);
        }
    }

    private static JsonElement Read(byte[] text) => text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(text));

    private sealed record BodyMark(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
