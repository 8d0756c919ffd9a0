using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lastro.Server.Platform.Lanes;

/// <summary>Do the lanes move? A lane with entries waiting and none handled since a look 5 s or more ago stands still.</summary>
internal sealed class LanesHealth(MarketLanes lanes, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(5);

    /// <summary>A fault younger than this still counts.</summary>
    private const long FreshFaultMs = 60_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, (long Handled, long Since)> _seen = [];

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuck = lanes.Each.Where(IsStuck).Select(lane => lane.Number).ToList();
        if (stuck.Count > 0)
            return Task.FromResult(HealthCheckResult.Unhealthy($"Lanes {string.Join(", ", stuck)} stand still."));
        var now = lanes.Feed.NowMs;
        var faulty = lanes.All.SelectMany(lane => lane.FaultyStages.Where(slot => now - slot.LastFaultMs < FreshFaultMs).Select(slot => $"{slot.Name} of {lane.Symbol}"))
            .Take(20).ToList();
        return Task.FromResult(faulty.Count > 0
            ? HealthCheckResult.Degraded($"Stages that threw in the last minute: {string.Join(", ", faulty)}.")
            : HealthCheckResult.Healthy($"{lanes.Each.Count} lanes, {lanes.All.Count()} pairs"));
    }

    private bool IsStuck(Lane lane)
    {
        lock (_gate)
        {
            var handled = lane.Handled;
            if (lane.Waiting > 0 && _seen.TryGetValue(lane.Number, out var last) && last.Handled == handled)
                return time.GetElapsedTime(last.Since) >= Standstill;
            _seen[lane.Number] = (handled, time.GetTimestamp());
            return false;
        }
    }
}
