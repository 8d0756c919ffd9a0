using Npgsql;

namespace Lastro.Server.Platform.Health;

/// <summary>Something the server cannot do its work without. A room registers one for each; null means well, else what is wrong, without hosts or secrets.</summary>
internal sealed record HealthCheck(string Name, Func<CancellationToken, ValueTask<string?>> Ask);

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: 200 only when everything registered is well, else 503 naming what is not.</summary>
internal static class HealthRoutes
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services.AddSingleton(all => new HealthCheck("database", cancellation => Database(all.GetRequiredService<NpgsqlDataSource>(), cancellation)));

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        health.MapGet("/live", () => TypedResults.Ok(new { status = "live" }));
        health.MapGet("/ready", Ready);
    }

    private static async Task<IResult> Ready(IEnumerable<HealthCheck> checks, HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(_patience);
        var answers = await Task.WhenAll(checks.Select(async check => (check.Name, Fault: await Ask(check, limit.Token))));
        var well = answers.All(answer => answer.Fault is null);
        return Results.Json(
            new { status = well ? "ready" : "notReady", checks = answers.ToDictionary(a => a.Name, a => a.Fault ?? "ok", StringComparer.Ordinal) },
            statusCode: well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> Ask(HealthCheck check, CancellationToken cancellation)
    {
        try
        {
            return await check.Ask(cancellation).AsTask().WaitAsync(cancellation);
        }
#pragma warning disable CA1031 // Whatever a check throws is the answer: this part does not work.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return error is OperationCanceledException ? "no answer in time" : error.GetType().Name;
        }
    }

    private static async ValueTask<string?> Database(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellation);
        return null;
    }
}
