using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lastro.Server.Orders;

/// <summary>How the order loop fares, for health and metrics.</summary>
internal sealed class OrderLoopState : IDisposable
{
    private readonly Meter _meter = new("lastro.orders");
    private long _failures;
    private long _parked;
    private volatile string? _trouble;

    public OrderLoopState()
    {
        _meter.CreateObservableGauge("lastro_order_decisions_parked", () => Parked, description: "Decisions that cannot be written; their orders stay open until the next start.");
        _meter.CreateObservableCounter("lastro_order_write_failures", () => Failures, description: "Writes of decisions that were tried again.");
    }

    public long Failures => Volatile.Read(ref _failures);

    public long Parked => Volatile.Read(ref _parked);

    /// <summary>Why nothing can be written at the moment, or what was parked last; null when all is well.</summary>
    public string? Trouble => _trouble;

    public void Failed(Exception error)
    {
        Interlocked.Increment(ref _failures);
        _trouble = error.Message;
    }

    /// <summary>Writing goes on. What was parked stays a trouble.</summary>
    public void Recovered()
    {
        if (Parked == 0) _trouble = null;
    }

    public void Park(Decision decision)
    {
        Interlocked.Increment(ref _parked);
        _trouble = $"order {decision.OrderId} is parked";
    }

    public void Dispose() => _meter.Dispose();
}

/// <summary>Are decisions written? If not, the server goes on, degraded: whoever operates it must look.</summary>
internal sealed class OrdersHealth(OrderLoopState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Trouble is { } trouble ? HealthCheckResult.Degraded($"{state.Parked} decisions parked: {trouble}") : HealthCheckResult.Healthy("every decision is written"));
}
