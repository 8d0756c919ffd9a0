using System.Collections.Concurrent;
using Npgsql;

namespace Lastro.Server.Platform.Database;

/// <summary>
/// Asks the database twice a second whether it is there. While it is not, requests that have waited a second are ended, so that
/// they answer 503 in under 2 s; requests that need no database never wait and are not touched.
/// </summary>
internal sealed class DatabaseWatch(NpgsqlDataSource database, TimeProvider time, ILogger<DatabaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(900);

    private readonly ConcurrentDictionary<Waiting, bool> _waiting = new();
    private volatile bool _away;

    /// <summary>True while the database does not answer.</summary>
    public bool Away => _away;

    /// <summary>Follows one request until disposed.</summary>
    public Waiting Follow(CancellationToken caller)
    {
        var waiting = new Waiting(this, caller, time.GetTimestamp());
        _waiting[waiting] = true;
        return waiting;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_pause, time, stoppingToken);
                var asked = Ask(stoppingToken);
                while (await Task.WhenAny(asked, Task.Delay(_patience, time, stoppingToken)) != asked) Note(away: true);
                Note(away: !await asked);
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("The database is no longer watched");
        }
    }

    private async Task<bool> Ask(CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            command.CommandTimeout = 2;
            await command.ExecuteScalarAsync(cancellation);
            return true;
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private void Note(bool away)
    {
        if (away != _away) log.LogWarning("The database {State}", away ? "does not answer" : "answers again");
        _away = away;
        if (!away) return;
        foreach (var waiting in _waiting.Keys.Where(waiting => time.GetElapsedTime(waiting.Since) >= _patience)) waiting.End();
    }

    /// <summary>A request on its way.</summary>
    internal sealed class Waiting(DatabaseWatch watch, CancellationToken caller, long since) : IDisposable
    {
        private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        private readonly Lock _gate = new();
        private bool _disposed;

        public long Since => since;

        public CancellationToken Token => _source.Token;

        /// <summary>True when the watch, not the caller, ended it.</summary>
        public bool Ended { get; private set; }

        public void End()
        {
            lock (_gate)
            {
                if (_disposed) return;
                Ended = true;
                _source.Cancel();
            }
        }

        public void Dispose()
        {
            watch._waiting.TryRemove(this, out _);
            lock (_gate)
            {
                _disposed = true;
                _source.Dispose();
            }
        }
    }
}
