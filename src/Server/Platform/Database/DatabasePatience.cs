using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lastro.Server.Platform.Database;

/// <summary>Puts the watch over the database around every API request.</summary>
internal static class DatabasePatience
{
    public static IServiceCollection AddDatabaseWatch(this IServiceCollection services) =>
        services.AddSingleton<DatabaseWatch>().AddHostedService(all => all.GetRequiredService<DatabaseWatch>());

    /// <summary>Stands inside the error handling and around everything that asks the database.</summary>
    public static WebApplication UseDatabasePatience(this WebApplication app)
    {
        var watch = app.Services.GetRequiredService<DatabaseWatch>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Lastro.Database");
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !Upgrades(context),
            api => api.Use((HttpContext context, RequestDelegate next) => Run(watch, log, context, next)));
        return app;
    }

    /// <summary>A socket answers for itself. Asked of the server: what knows of WebSockets stands behind this.</summary>
    private static bool Upgrades(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <remarks>
    /// The statement is not cancelled: Npgsql's cancellation asks the same silent server and blocks a thread for it. The caller gets an
    /// answer, the statement its own end, and what it may have done is for the caller's idempotency key to tell.
    /// </remarks>
    private static async Task Run(DatabaseWatch watch, ILogger log, HttpContext context, RequestDelegate next)
    {
        using var waiting = watch.Follow();
        var answer = FirstAnswer.Of(context);
        var work = next(context);
        if (await Task.WhenAny(work, waiting.WaitForEnd(CancellationToken.None)) == work || !answer.TryTake())
        {
            await work;
            answer.WorkEnded();
            return;
        }

        // The connection serves nobody else before the work on it has ended.
        context.Response.Headers.Connection = "close";
        await Problems.Result(ErrorHandling.DatabaseAway, context.Response).ExecuteAsync(context);
        await context.Response.CompleteAsync();
        try
        {
            await work;
        }
#pragma warning disable CA1031 // The caller has its answer; what comes after it is only worth a line.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning("{Path} ended after its answer was given: {Reason}", context.Request.Path, error.Message);
        }
    }
}
