using Lastro.Server.Platform.Http;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>
/// The way of a request of the wire, apart from the web app's: no cookies, no pages, no sign-in, and errors in the wire's own words.
/// What came in at an address of the wire's own stands below the prefix from here on, so nothing else can be reached there.
/// </summary>
internal static class WirePipeline
{
    public static void Use(WebApplication app, Action<IEndpointRouteBuilder> map)
    {
        var side = app.Services.GetRequiredService<SideAddresses>();
        var (rest, caller) = (app.Services.GetRequiredService<WireRest>(), app.Services.GetRequiredService<WireCaller>());
        app.MapWhen(
            context => context.Request.Path.StartsWithSegments(BinanceApiOptions.Prefix, StringComparison.Ordinal) || side.Has(context),
            wire =>
            {
                wire.Use((HttpContext context, RequestDelegate next) => Guard(context, next, (side, rest, caller)));
                wire.UseWhen(context => context.Request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(context.Request.Method), socket => socket.UseWebSockets());
                wire.UseRouting();
                // A route of another method is an endpoint that is no route; Binance tells neither from an unknown path.
                wire.Use((HttpContext context, RequestDelegate next) =>
                    context.GetEndpoint() is RouteEndpoint ? next(context) : rest.Refuse(context, WireError.NoSuchPath(Own(context), context.Request.Method)));
                wire.UseEndpoints(map);
            });
    }

    /// <summary>Without a state machine for the many that are answered at once.</summary>
    private static Task Guard(HttpContext context, RequestDelegate next, (SideAddresses Side, WireRest Answers, WireCaller Caller) parts)
    {
        if (parts.Side.Has(context)) context.Request.Path = new PathString(BinanceApiOptions.Prefix).Add(context.Request.Path);
        Task work;
        try
        {
            work = next(context);
        }
#pragma warning disable CA1031 // The last line of defence: everything becomes an error of the wire.
        catch (Exception error)
#pragma warning restore CA1031
        {
            work = Task.FromException(error);
        }

        return work.IsCompletedSuccessfully ? work : Wait(context, work, parts.Answers, parts.Caller);
    }

    private static async Task Wait(HttpContext context, Task work, WireRest answers, WireCaller caller)
    {
        try
        {
#pragma warning disable VSTHRD003 // Begun by the caller, one line before.
            await work;
#pragma warning restore VSTHRD003
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
#pragma warning disable CA1031 // The last line of defence: everything becomes an error of the wire.
        catch (Exception error) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            context.Response.Clear();
            await answers.Refuse(context, caller.Explain(error, Own(context)));
        }
    }

    private static string Own(HttpContext context) =>
        context.Request.Path.StartsWithSegments(BinanceApiOptions.Prefix, StringComparison.Ordinal, out var rest) ? rest.Value ?? "" : "";
}
