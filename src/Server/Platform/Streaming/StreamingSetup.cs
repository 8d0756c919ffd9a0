using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Platform.Streaming;

/// <summary>The one WebSocket of the API: <c>/api/v1/stream</c>.</summary>
internal static class StreamingSetup
{
    public static IServiceCollection AddStreaming(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => StreamAuth.Of(provider.GetRequiredService<Credentials>(), provider.GetRequiredService<SessionWatch>()));
        services.AddOptions<StreamOptions>().Bind(configuration.GetSection("Streaming")).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<StreamHub>();
    }

    public static void MapStreaming(this IEndpointRouteBuilder routes)
    {
        var hub = routes.ServiceProvider.GetRequiredService<StreamHub>();
        routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(hub.CloseAll);
        routes.MapGet("/api/v1/stream", Accept).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Accept(
        HttpContext context, StreamHub hub, StreamAuth auth, IOptions<StreamOptions> options, TimeProvider time, ILogger<StreamConnection> log)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return Problems.Result(new Refused(ErrorCode.InvalidField, Field: "upgrade", Detail: "This address speaks WebSocket only."));
        if (!SameOrigin(context.Request))
            return Problems.Result(new Refused(ErrorCode.Forbidden, Field: "origin", Detail: "A page of another origin may not open this socket."));
        if (hub.Sockets >= options.Value.MaxSockets)
            return Problems.Result(new Refused(ErrorCode.Busy, Limit: options.Value.MaxSockets.ToString(System.Globalization.CultureInfo.InvariantCulture), RetryAfterSeconds: 5), context.Response);

        var identity = await auth.OfRequest(context);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var connection = new StreamConnection(hub, auth, options.Value, time, log);
        await connection.Run(socket, identity, context.RequestAborted);
        return Results.Empty;
    }

    /// <summary>Programs send no Origin. A browser always does, and its cookies come along from any page, so the page must be ours.</summary>
    private static bool SameOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, HostOf(request, uri), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The Host header without the default port of the origin's scheme, as <see cref="Uri.Authority"/> writes it.</summary>
    private static string HostOf(HttpRequest request, Uri origin) =>
        Uri.TryCreate($"{origin.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : request.Host.Value ?? "";
}
