namespace Lastro.Server.Platform.Database;

/// <summary>Puts the watch over the database around every API request.</summary>
internal static class DatabasePatience
{
    public static IServiceCollection AddDatabaseWatch(this IServiceCollection services) =>
        services.AddSingleton<DatabaseWatch>().AddHostedService(all => all.GetRequiredService<DatabaseWatch>());

    /// <summary>Stands inside the error handling, which answers a <see cref="TimeoutException"/> as a database that is away.</summary>
    public static WebApplication UseDatabasePatience(this WebApplication app)
    {
        var watch = app.Services.GetRequiredService<DatabaseWatch>();
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !context.WebSockets.IsWebSocketRequest,
            api => api.Use((HttpContext context, RequestDelegate next) => Run(watch, context, next)));
        return app;
    }

    private static async Task Run(DatabaseWatch watch, HttpContext context, RequestDelegate next)
    {
        var caller = context.RequestAborted;
        using var waiting = watch.Follow(caller);
        context.RequestAborted = waiting.Token;
        try
        {
            await next(context);
        }
        catch (Exception error) when (waiting.Ended && !caller.IsCancellationRequested)
        {
            throw new TimeoutException("The database did not answer in time.", error);
        }
        finally
        {
            context.RequestAborted = caller;
        }
    }
}
