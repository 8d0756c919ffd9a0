using Lastro.Exchanges.Shared;
using Lastro.Server.Markets.Feed;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lastro.Server.Markets;

/// <summary>Does the price source work? A replay that waits or is over does.</summary>
internal sealed class MarketsHealth(MarketBoard board, MarketRunner runner) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (runner.Failure is { } failure) return HealthCheckResult.Unhealthy($"The price source failed: {failure}");
        if (board.Running is not { } running) return HealthCheckResult.Unhealthy("No price source has been chosen yet.");
        var name = running.Source.Info.Name;
        if (board.Instruments.Count == 0) return HealthCheckResult.Unhealthy($"The pairs of {name} are not loaded yet.");
        return board.Feed.State != PriceSourceState.Ended && board.Feed.Silent
            ? HealthCheckResult.Unhealthy($"Nothing was heard from {name} for more than 5 s ({board.Feed.State}).")
            : HealthCheckResult.Healthy($"{name}: {board.Feed.State}");
    }
}
