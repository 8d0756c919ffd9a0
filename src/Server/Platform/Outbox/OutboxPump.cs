using System.Collections.Concurrent;
using System.Text.Json;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Platform.Outbox;

/// <summary>
/// Tells committed events to the subscribers of this process, oldest first, and marks them told. It looks for what is not yet marked, not
/// for what lies behind a last id: a transaction that commits late with a lower id is therefore found too.
/// </summary>
internal sealed class OutboxPump(NpgsqlDataSource database, TimeProvider time, ILogger<OutboxPump> log) : BackgroundService
{
    /// <summary>An event whose subscriber threw this often is given up, with an error in the log.</summary>
    public const int MaxAttempts = 5;

    private const int Batch = 500;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Func<OutboxEvent, CancellationToken, ValueTask>[]> _subscribers = new(StringComparer.Ordinal);
    private readonly List<Func<CancellationToken, ValueTask>> _afterwards = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _waking = new();

    /// <summary>Enters a subscriber; at start-up, before the pump runs.</summary>
    public void Subscribe(string topic, Func<OutboxEvent, CancellationToken, ValueTask> subscriber) =>
        _subscribers.AddOrUpdate(topic, [subscriber], (_, known) => [.. known, subscriber]);

    /// <summary>
    /// Enters who is called once all that was found at one look has been told, before it is marked; at start-up. It may throw when the database
    /// is not there: then the same events are told again.
    /// </summary>
    public void Afterwards(Func<CancellationToken, ValueTask> told) => _afterwards.Add(told);

    /// <summary>Something was committed.</summary>
    public void Wake()
    {
        lock (_waking)
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Who commits after this look wakes the pump anew; only a full batch leaves something behind.
                while (await Deliver(stoppingToken) == Batch)
                    log.LogTrace("A batch of events was told");
                await _wake.WaitAsync(IdlePoll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                log.LogWarning("The outbox waits for the database: {Reason}", error.Message);
                await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One batch; gives how many events were taken off the list.</summary>
    internal async Task<int> Deliver(CancellationToken cancellation)
    {
        var events = await Undelivered(cancellation);
        var (told, failed) = (new List<long>(), new List<long>());
        // After a failure the later events of that account wait: they must not overtake it.
        var blocked = new HashSet<Guid?>();
        foreach (var item in events)
        {
            if (blocked.Contains(item.AccountId ?? item.User.Value)) continue;
            if (await Tell(item, cancellation))
            {
                told.Add(item.Id);
                continue;
            }

            failed.Add(item.Id);
            blocked.Add(item.AccountId ?? item.User.Value);
        }

        if (events.Count > 0)
        {
            foreach (var afterwards in _afterwards) await afterwards(cancellation);
        }

        await Mark(told, failed, cancellation);
        return told.Count;
    }

    private async Task<bool> Tell(OutboxEvent item, CancellationToken cancellation)
    {
        foreach (var subscriber in _subscribers.GetValueOrDefault(item.Topic, []))
        {
            try
            {
                await subscriber(item, cancellation);
            }
#pragma warning disable CA1031 // A subscriber's mistake must not stop the others' events; it is logged, counted and tried again.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(error, "A subscriber of {Topic} threw on event {Id}", item.Topic, item.Id);
                return false;
            }
        }

        return true;
    }

    private async Task<List<OutboxEvent>> Undelivered(CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, topic, user_id, account_id, payload, created_at
            FROM outbox WHERE delivered_at IS NULL ORDER BY id LIMIT @batch
            """;
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue("batch", Batch);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var events = new List<OutboxEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(new OutboxEvent(
                reader.GetInt64(0), reader.GetString(1), new UserId(reader.GetGuid(2)), await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetGuid(3),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(4)), await reader.GetFieldValueAsync<DateTimeOffset>(5, cancellation)));
        }

        return events;
    }

    private async Task Mark(List<long> told, List<long> failed, CancellationToken cancellation)
    {
        if (told.Count + failed.Count == 0) return;
        const string sql = """
            UPDATE outbox SET
                attempts = attempts + 1,
                delivered_at = CASE WHEN id = ANY (@told) OR attempts + 1 >= @max THEN now() END
            WHERE id = ANY (@told) OR id = ANY (@failed)
            """;
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue("told", told);
        command.Parameters.AddWithValue("failed", failed);
        command.Parameters.AddWithValue("max", MaxAttempts);

        // A mark that a crash loses means an event told twice, which is allowed; waiting for the disk would hold up what must be durable.
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL synchronous_commit TO off"));
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
