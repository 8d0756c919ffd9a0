using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace Lastro.Server.Platform.Errors;

/// <summary>What nobody below answered: a body that is no JSON, a database that is away, a mistake of ours.</summary>
internal static class ErrorHandling
{
    /// <summary>The answer while the database is away.</summary>
    public static Refused DatabaseAway { get; } = new(ErrorCode.DatabaseUnavailable, Detail: "The database does not answer; try again.", RetryAfterSeconds: 1);

    public static WebApplication UseErrorHandling(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Lastro.Errors");
        app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                log.LogDebug("The caller left {Path}", context.Request.Path);
            }
#pragma warning disable CA1031 // The last line of defence: everything becomes a ProblemDetails.
            catch (Exception error) when (!context.Response.HasStarted)
#pragma warning restore CA1031
            {
                await Answer(context, error, log);
            }
        });
        app.UseStatusCodePages(page => Bare(page.HttpContext));
        return app;
    }

    /// <summary>True when the database, not the statement, is at fault.</summary>
    public static bool DatabaseIsAway(Exception error) => error switch
    {
        PostgresException known => known.SqlState.StartsWith("57", StringComparison.Ordinal)
            || known.SqlState.StartsWith("53", StringComparison.Ordinal) || known.SqlState.StartsWith("08", StringComparison.Ordinal)
            || known.SqlState is "25P03" or "25006",
        NpgsqlException or SocketException => true,
        TimeoutException => true,
        InvalidOperationException or AggregateException or IOException => error.InnerException is { } inner && DatabaseIsAway(inner),
        _ => false,
    };

    private static async Task Answer(HttpContext context, Exception error, ILogger log)
    {
        context.Response.Clear();
        var refused = error switch
        {
            BadHttpRequestException { InnerException: JsonException inner } => BadBody(inner),
            BadHttpRequestException bad => new Refused(ErrorCode.InvalidJson, Detail: bad.Message),
            _ when DatabaseIsAway(error) => DatabaseAway,
            _ => null,
        };
        if (refused is not null)
        {
            if (refused.Code == ErrorCode.DatabaseUnavailable) log.LogWarning("The database did not answer {Path}: {Reason}", context.Request.Path, error.Message);
            await Problems.Result(refused, context.Response).ExecuteAsync(context);
            return;
        }

        log.LogError(error, "{Method} {Path} failed, trace {Trace}", context.Request.Method, context.Request.Path, context.TraceIdentifier);
        await TypedResults.Problem(statusCode: 500, title: "internal error", extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = "internal_error",
            ["traceId"] = context.TraceIdentifier,
        }).ExecuteAsync(context);
    }

    /// <summary>Text that is no JSON is 400; JSON of the wrong shape names its field and is 422.</summary>
    private static Refused BadBody(JsonException error)
    {
        var path = error.Path?.TrimStart('$', '.');
        var broken = error.InnerException is JsonException || error.Message.Contains("LineNumber: ", StringComparison.Ordinal) && error.InnerException?.GetType().Name == "JsonReaderException";
        return broken || string.IsNullOrEmpty(path) && !error.Message.Contains("required", StringComparison.Ordinal)
            ? new Refused(ErrorCode.InvalidJson, Detail: "The body is not valid JSON.")
            : new Refused(ErrorCode.InvalidField, Field: path is { Length: > 0 } ? path : Missing(error.Message), Detail: "A field is missing or of the wrong type.");
    }

    private static string? Missing(string message)
    {
        var start = message.IndexOf('\'', StringComparison.Ordinal);
        start = message.IndexOf(": '", StringComparison.Ordinal) is >= 0 and var colon ? colon + 2 : start;
        var end = start < 0 ? -1 : message.IndexOf('\'', start + 1);
        return end < 0 ? null : message[(start + 1)..end];
    }

    private static Task Bare(HttpContext context)
    {
        var refused = context.Response.StatusCode switch
        {
            400 => new Refused(ErrorCode.InvalidJson),
            401 => new Refused(ErrorCode.Unauthenticated),
            403 => new Refused(ErrorCode.Forbidden),
            404 => new Refused(ErrorCode.NotFound),
            _ => null,
        };
        if (refused is not null) return Problems.Result(refused).ExecuteAsync(context);
        var code = context.Response.StatusCode switch
        {
            405 => "method_not_allowed",
            413 => "too_large",
            415 => "not_json",
            _ => "refused",
        };
        return TypedResults.Problem(statusCode: context.Response.StatusCode, title: code.Replace('_', ' '), extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code })
            .ExecuteAsync(context);
    }
}
