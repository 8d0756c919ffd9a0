using System.Collections.Concurrent;
using Npgsql;

namespace Lastro.Server.Platform.Database;

/// <summary>
/// Asks the database several times a second whether it is there. While it is not, requests that have waited for nearly a second are
/// answered 503; requests that need no database never wait that long and are not touched.
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
    public Waiting Follow()
    {
        var waiting = new Waiting(this, time.GetTimestamp());
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
    internal sealed class Waiting(DatabaseWatch watch, long since) : IDisposable
    {
        private readonly SemaphoreSlim _ended = new(0);

        public long Since => since;

        /// <summary>Done when the request has waited long enough for a database that is away.</summary>
        public Task WaitForEnd(CancellationToken cancellation) => _ended.WaitAsync(cancellation);

        public void End() => _ended.Release();

        public void Dispose() => watch._waiting.TryRemove(this, out _);
    }
}
