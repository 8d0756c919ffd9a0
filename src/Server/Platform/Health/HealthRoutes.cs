using Lastro.Server.Platform.Database;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lastro.Server.Platform.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: 200 only when every registered part works, else 503; JSON names each part.
/// A part that works with something wrong says so as <c>degraded</c>, still 200.</summary>
internal static class HealthRoutes
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", timeout: _patience);
        return services.AddSingleton<Metrics>();
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write }).AllowAnonymous();
        Metrics.Map(routes);
        // Made here, so that it listens from the start.
        routes.ServiceProvider.GetRequiredService<Metrics>();
    }

    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status switch
        {
            HealthStatus.Unhealthy => "notReady",
            HealthStatus.Degraded => "degraded",
            HealthStatus.Healthy => "ready",
        },
        checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new { ok = entry.Value.Status == HealthStatus.Healthy, detail = entry.Value.Description },
            StringComparer.Ordinal),
    });
}

/// <summary>Does the database answer?</summary>
internal sealed class DatabaseCheck(DatabaseWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watch.Away ? HealthCheckResult.Unhealthy("does not answer") : HealthCheckResult.Healthy("answers"));
}
