using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;

namespace Lastro.Server.LegacyApis;

/// <summary>The door: older APIs in front of our own.</summary>
internal static class LegacyApisRoom
{
    private const int LargestBody = 64 * 1_024;

    /// <summary>All calls, as docs/legacy-apis.md has them.</summary>
    public static IReadOnlyList<LegacyCall> Calls { get; } = [.. MonitorApi.Calls, .. VirtualTradingApi.Calls];

    /// <summary>Stands before the handling of errors and all behind it: what it does not know goes on, and its own calls go that way too.</summary>
    public static WebApplication UseLegacyApis(this WebApplication app)
    {
        app.Use((HttpContext context, RequestDelegate next) => Find(context.Request) is { } found ? Serve(context, next, found.Call, found.Path) : next(context));
        return app;
    }

    private static (LegacyCall? Call, IReadOnlyList<string> Path)? Find(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        if (path == "/") return HttpMethods.IsGet(request.Method) && PrefersJson(request) ? (MonitorApi.Status, []) : null;
        if (path.StartsWith("/api/", StringComparison.Ordinal)) return null;
        var known = false;
        foreach (var call in Calls)
        {
            if (call.Match(path) is not { } values) continue;
            if (call.Method == request.Method) return (call, values);
            known = true;
        }

        // A known address by another method: a browser asks first whether it may.
        return known && HttpMethods.IsOptions(request.Method) ? (null, []) : null;
    }

    /// <summary>Names JSON and rates it above a page.</summary>
    private static bool PrefersJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return false;
        var (json, page) = (0d, 0d);
        foreach (var type in accepted)
        {
            if (type.MediaType == "application/json") json = type.Quality ?? 1d;
            else if (type.MediaType == "text/html") page = type.Quality ?? 1d;
        }

        return json > page;
    }

    private static async Task Serve(HttpContext context, RequestDelegate next, LegacyCall? call, IReadOnlyList<string> path)
    {
        // No cookie counts here, so any page may ask, with a token.
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (call is null)
        {
            headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
            headers.AccessControlAllowHeaders = "Authorization, Content-Type, Idempotency-Key";
            headers.AccessControlMaxAge = "600";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var answer = await Answer(context, next, call, path);
        context.Response.StatusCode = answer.Status;
        if (answer.Body["retry_after"] is { } wait) headers.RetryAfter = wait.ToString();
        headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<LegacyAnswer> Answer(HttpContext context, RequestDelegate next, LegacyCall call, IReadOnlyList<string> path)
    {
        try
        {
            var (sent, fault) = await Body(context);
            return fault ?? await call.Answer(new LegacyRequest(new OwnApi(context, next), path, sent));
        }
        catch (BadHttpRequestException bad)
        {
            return Refused(bad.StatusCode, "The request could not be read.");
        }
#pragma warning disable CA1031 // The last line of defence of this API: the caller gets words, the log the reason.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            context.RequestServices.GetRequiredService<ILogger<LegacyCall>>().LogError(error, "{Method} {Path} failed", call.Method, call.Path);
            return Refused(StatusCodes.Status500InternalServerError, "The server made a mistake.");
        }
    }

    private static async Task<(JsonElement Sent, LegacyAnswer? Fault)> Body(HttpContext context)
    {
        var read = await context.Request.BodyReader.ReadAtLeastAsync(LargestBody + 1, context.RequestAborted);
        var length = read.Buffer.Length;
        var text = length is > 0 and <= LargestBody ? System.Buffers.BuffersExtensions.ToArray(read.Buffer) : [];
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (length > LargestBody) return (default, new LegacyAnswer(StatusCodes.Status413PayloadTooLarge, Refusal("The body is too large.")));
        try
        {
            var sent = JsonSerializer.Deserialize<JsonElement>(text.Length == 0 ? "{}"u8.ToArray() : text);
            if (sent.ValueKind == JsonValueKind.Object) return (sent, null);
        }
        catch (JsonException)
        {
            return (default, new LegacyAnswer(StatusCodes.Status400BadRequest, Refusal("The body is no JSON.")));
        }

        return (default, new LegacyAnswer(StatusCodes.Status400BadRequest, Refusal("The body is no JSON object.")));
    }

    /// <summary>Both APIs' clients find the reason: one reads detail, the other message.</summary>
    internal static JsonObject Refusal(string why) => new() { ["message"] = why, ["detail"] = why };

    internal static LegacyAnswer Refused(OwnAnswer answer)
    {
        var body = Refusal(answer.Why);
        if (answer["code"] is { } code) body["code"] = code;
        if (answer.RetryAfter is { } seconds) body["retry_after"] = seconds;
        return new LegacyAnswer(answer.Status, body);
    }

    internal static LegacyAnswer Refused(int status, string why) => new(status, Refusal(why));
}
