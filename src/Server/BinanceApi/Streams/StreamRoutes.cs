namespace Lastro.Server.BinanceApi.Streams;

/// <summary>The addresses of the market streams: <c>/ws</c> sends events bare, <c>/stream</c> wrapped with the stream's name.</summary>
internal static class StreamRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{BinanceApiOptions.Prefix}/ws/{{**streams}}", (HttpContext context, string? streams) => Open(context, streams, combined: false)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet($"{BinanceApiOptions.Prefix}/stream/{{**number}}", (HttpContext context, string? number) => Open(context, context.Request.Query["streams"], combined: true)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Open(HttpContext context, string? streams, bool combined)
    {
        var services = context.RequestServices;
        var sockets = services.GetRequiredService<WireSockets>();
        var parts = new MarketSocketParts(
            services.GetRequiredService<StreamCatalog>(), sockets.Options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<MarketSocket>>())
        { Users = services.GetService<UserStreams>() };
        if (Names(streams, parts) is not { } names || names.Count > sockets.Options.StreamsPerSocket) return Results.BadRequest();
        return await sockets.Accept(context, socket =>
        {
            var opened = new MarketSocket(socket, parts, names);
            opened.Outbox.Combined = combined;
            return opened;
        });
    }

    /// <summary>The streams of an address. A number is none: clients count their sockets that way, and subscribe by message. Null for what can be no stream.</summary>
    private static List<string>? Names(string? streams, MarketSocketParts parts)
    {
        var names = new List<string>();
        foreach (var name in (streams ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.All(char.IsAsciiDigit)) continue;
            if (!parts.Known(name)) return null;
            names.Add(name);
        }

        return names;
    }
}
