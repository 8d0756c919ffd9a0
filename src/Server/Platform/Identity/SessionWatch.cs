using System.Collections.Frozen;
using Lastro.Server.Platform.Database;

namespace Lastro.Server.Platform.Identity;

/// <summary>Where sessions are written down; the room that owns them gives it.</summary>
/// <param name="RevokedSince">Ids of all sessions revoked at or after a time.</param>
/// <param name="IsLive">Whether one session exists, is not revoked and has not ended.</param>
internal sealed record SessionSource(
    Func<DateTimeOffset, CancellationToken, Task<IReadOnlyList<Guid>>> RevokedSince,
    Func<Guid, CancellationToken, Task<bool>> IsLive);

/// <summary>
/// Knows which sessions have ended: at once for those ended here, within about a second for those ended by another process.
/// While the database cannot be asked it answers nothing rather than the old picture.
/// </summary>
internal sealed class SessionWatch(SessionSource source, TimeProvider clock, ILogger<SessionWatch> log, DatabaseWatch? database = null) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceForOneLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    // A revoked session needs remembering only while an access token of it may still be within its time.
    private static readonly TimeSpan Remembered = AccessTokens.Lifetime + TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, DateTimeOffset> _endedHere = [];
    private FrozenSet<Guid> _revoked = [];
    private Action<Guid>[] _listeners = [];
    private long _lookedAt;
    private bool _looked;

    /// <summary>Has <paramref name="act"/> called once for each session that ends from now on, on any thread; it must be quick and must not throw.</summary>
    public void WhenEnded(Action<Guid> act)
    {
        lock (_gate)
            _listeners = [.. _listeners, act];
    }

    /// <summary>What is known here and now, without asking the database. For open sockets.</summary>
    public bool IsRevoked(Guid sessionId) => _revoked.Contains(sessionId);

    /// <summary>Whether a request with this session may pass. Asks the database itself when the picture in memory is older than 3 s.</summary>
    public async ValueTask<bool> IsLive(Guid sessionId, CancellationToken cancellation)
    {
        if (_revoked.Contains(sessionId))
            return false;
        if (Volatile.Read(ref _looked) && clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) <= Fresh)
            return true;
        // At once, not after a time-out: a public route goes on without the sign-in, and its answer must not wait.
        if (database is { Away: true })
            throw new TimeoutException("The database does not answer.");
        return await source.IsLive(sessionId, cancellation);
    }

    /// <summary>Tells it of sessions that a transaction of this process has just ended.</summary>
    public void Ended(IReadOnlyCollection<Guid> sessionIds)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            foreach (var id in sessionIds)
                _endedHere[id] = now;
            Show([.. _revoked, .. sessionIds]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Look(stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(PatienceForOneLook);
        var begun = clock.GetTimestamp();
        try
        {
            var since = clock.GetUtcNow() - Remembered;
            var revoked = await source.RevokedSince(since, limit.Token);
            lock (_gate)
            {
                foreach (var old in _endedHere.Where(one => one.Value < since).Select(one => one.Key).ToList())
                    _endedHere.Remove(old);
                Show([.. revoked, .. _endedHere.Keys]);
            }

            Volatile.Write(ref _lookedAt, begun);
            Volatile.Write(ref _looked, true);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("Sessions could not be looked up: {Reason}", e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or System.Data.Common.DbException or TimeoutException)
        {
            log.LogDebug("Session watch stops: {Reason}", e.Message);
        }
    }

    private void Show(HashSet<Guid> revoked)
    {
        var before = _revoked;
        _revoked = revoked.ToFrozenSet();
        foreach (var id in _revoked.Where(id => !before.Contains(id)))
        {
            foreach (var act in _listeners)
                act(id);
        }
    }
}
