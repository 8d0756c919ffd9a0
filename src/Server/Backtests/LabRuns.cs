using System.Collections.Concurrent;

namespace Lastro.Server.Backtests;

/// <summary>The jobs this server works on now, and the bells of those who look for the next.</summary>
internal sealed class LabRuns
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _bells = new(StringComparer.Ordinal);

    /// <summary>Something was queued.</summary>
    public void Ring(string lane)
    {
        var bell = Bell(lane);
        if (bell.CurrentCount == 0) bell.Release();
    }

    /// <summary>Until something is queued, but no longer than a moment: other servers queue too, and leases end unheard.</summary>
    public Task Wait(string lane, TimeSpan most, CancellationToken cancellation) => Bell(lane).WaitAsync(most, cancellation);

    public void Enter(Guid job, CancellationTokenSource stop) => _running[job] = stop;

    public void Leave(Guid job) => _running.TryRemove(job, out _);

    /// <summary>Ends the work on a job at once; nothing when another server has it, which learns it with its next sign of life.</summary>
    public async Task Stop(Guid job)
    {
        if (_running.TryGetValue(job, out var stop)) await stop.CancelAsync();
    }

    private SemaphoreSlim Bell(string lane) => _bells.GetOrAdd(lane, _ => new SemaphoreSlim(0));
}
