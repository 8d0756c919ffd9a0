using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lastro.Server.Wallets;

/// <summary>What the verifier knows, for health and metrics. A fault stays until a look at the whole ledger no longer finds it.</summary>
internal sealed class LedgerWatchState : IDisposable
{
    private const int MostKept = 1_000;
    private readonly Meter _meter = new("lastro.ledger");
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _faults = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private long _verified;
    private long _lookedAt;

    public LedgerWatchState(TimeProvider time)
    {
        (_time, _lookedAt) = (time, time.GetTimestamp());
        _meter.CreateObservableGauge("lastro_ledger_violations", () => Violations, description: "Breaches of the ledger's invariants the verifier knows of.");
        _meter.CreateObservableGauge("lastro_ledger_verified_journal_id", () => Verified, description: "The newest journal the verifier has looked at.");
        _meter.CreateObservableGauge("lastro_ledger_check_age", () => (long)Age.TotalSeconds, unit: "s", description: "Since the verifier's last look.");
    }

    public int Violations
    {
        get
        {
            lock (_gate) return _faults.Count;
        }
    }

    public long Verified => Volatile.Read(ref _verified);

    public string? First
    {
        get
        {
            lock (_gate) return _faults.Min;
        }
    }

    /// <summary>Since the last look, or the start.</summary>
    public TimeSpan Age => _time.GetElapsedTime(Volatile.Read(ref _lookedAt));

    /// <summary>Takes what a slice found; gives what was not known before.</summary>
    public IReadOnlyList<string> Looked(IReadOnlyList<string> found, long verified)
    {
        Volatile.Write(ref _verified, verified);
        Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        lock (_gate) return [.. found.Where(fault => _faults.Count < MostKept && _faults.Add(fault))];
    }

    public void LookedAtAll(IReadOnlyList<string> found)
    {
        lock (_gate)
        {
            _faults.Clear();
            _faults.UnionWith(found.Take(MostKept));
        }
    }

    public void Dispose() => _meter.Dispose();
}

/// <summary>Is the ledger sound? If not, the server goes on, degraded: whoever operates it must look.</summary>
internal sealed class LedgerHealth(LedgerWatchState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.Violations is var count and > 0
            ? HealthCheckResult.Degraded($"{count} breaches, first: {state.First}")
            : HealthCheckResult.Healthy("no breach known"));
}
