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

    /// <summary>So long a mark waits for a look it can go with; what a kill leaves unmarked is told again.</summary>
    private static readonly TimeSpan MarkWait = TimeSpan.FromMilliseconds(50);
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
        var marks = Marks.None;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What was told is marked with the next look, in one round trip: nothing waits for a mark alone, and a lone event costs one trip.
                var events = await Look(marks, stoppingToken);
                marks = await TellAll(events, stoppingToken);
                if (events.Count == Batch && marks.Told.Count > 0) continue;
                if (marks.Told.Count == 0 && marks.Failed.Count > 0)
                {
                    await Mark(marks, stoppingToken);
                    marks = Marks.None;
                }

                await _wake.WaitAsync(marks.Told.Count > 0 ? MarkWait : IdlePoll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                // What was told and not marked is told again: that is allowed, a loss is not.
                marks = Marks.None;
                log.LogWarning("The outbox waits for the database: {Reason}", error.Message);
                await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await MarkAtEnd(marks);
    }

    private async Task MarkAtEnd(Marks marks)
    {
        try
        {
            await Mark(marks, CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or System.IO.IOException)
        {
            log.LogInformation("{Count} events were told and could not be marked: they will be told again: {Reason}", marks.Told.Count, error.Message);
        }
    }

    /// <summary>One batch; gives how many events were taken off the list.</summary>
    internal async Task<int> Deliver(CancellationToken cancellation)
    {
        var marks = await TellAll(await Look(Marks.None, cancellation), cancellation);
        await Mark(marks, cancellation);
        return marks.Told.Count;
    }

    private async Task<Marks> TellAll(List<OutboxEvent> events, CancellationToken cancellation)
    {
        if (events.Count == 0) return Marks.None;
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

        foreach (var afterwards in _afterwards) await afterwards(cancellation);
        return new Marks(told, failed);
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

    /// <summary>Marks what was told before, and gives what is not told yet.</summary>
    private async Task<List<OutboxEvent>> Look(Marks marks, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, topic, user_id, account_id, payload, created_at
            FROM outbox WHERE delivered_at IS NULL ORDER BY id LIMIT $1
            """;
        await using var batch = database.CreateBatch();
        AddMarks(batch, marks);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<int> { TypedValue = Batch } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var events = new List<OutboxEvent>();
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(new OutboxEvent(
                reader.GetInt64(0), reader.GetString(1), new UserId(reader.GetGuid(2)), await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetGuid(3),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(4)), await reader.GetFieldValueAsync<DateTimeOffset>(5, cancellation)));
        }

        return events;
    }

    private async Task Mark(Marks marks, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        AddMarks(batch, marks);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A mark that a crash loses means an event told twice, which is allowed; waiting for the disk would hold up what must be durable.</summary>
    private static void AddMarks(NpgsqlBatch batch, Marks marks)
    {
        if (marks.Told.Count + marks.Failed.Count == 0) return;
        const string sql = """
            UPDATE outbox SET
                attempts = attempts + 1,
                delivered_at = CASE WHEN id = ANY ($1) OR attempts + 1 >= $3 THEN now() END
            WHERE id = ANY ($1) OR id = ANY ($2)
            """;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL synchronous_commit TO off"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new NpgsqlParameter<List<long>> { TypedValue = marks.Told },
                new NpgsqlParameter<List<long>> { TypedValue = marks.Failed },
                new NpgsqlParameter<int> { TypedValue = MaxAttempts },
            },
        });
    }

    /// <summary>Events whose telling has been tried.</summary>
    private sealed record Marks(List<long> Told, List<long> Failed)
    {
        public static Marks None { get; } = new([], []);
    }
}
