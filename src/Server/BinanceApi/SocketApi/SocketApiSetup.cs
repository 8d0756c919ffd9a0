using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.SocketApi;

/// <summary>Puts the WebSocket API into the host.</summary>
internal static class SocketApiSetup
{
    /// <summary>Of the address's weight per minute, for opening a socket.</summary>
    private const int ConnectWeight = 2;

    public static IServiceCollection AddSocketApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiVerbs>();
        return services.AddSingleton(all => new ApiSocketParts(
            all.GetRequiredService<ApiVerbs>(), all.GetRequiredService<WireCaller>(), all.GetRequiredService<WireAnswers>(), all.GetRequiredService<WireLimits>())
        {
            Events = all.GetRequiredService<UserEvents>(),
            Keys = all.GetRequiredService<ApiKeyDesk>(),
            Options = all.GetRequiredService<IOptions<SocketOptions>>().Value,
            Time = all.GetRequiredService<TimeProvider>(),
            Log = all.GetRequiredService<ILogger<ApiSocket>>(),
        });
    }

    public static void MapSocketApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{BinanceApiOptions.Prefix}/ws-api/v3", Open).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Open(HttpContext context, ApiSocketParts parts, WireSockets sockets, WireRest rest)
    {
        var from = context.Connection.RemoteIpAddress;
        if (context.WebSockets.IsWebSocketRequest && parts.Limits.Use(from, ConnectWeight) is { } tooMuch)
        {
            await rest.Refuse(context, tooMuch);
            return Results.Empty;
        }

        var shown = context.Request.Query["returnRateLimits"] != "false";
        return await sockets.Accept(context, socket => new ApiSocket(socket, parts, from, shown));
    }
}
