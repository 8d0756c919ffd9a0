using System.Collections.Concurrent;
using System.Text.Json;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Tests.Outbox;

/// <summary>The outbox over a real PostgreSQL, by its own pumps: what a host starts, without the rest of it.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly UserId Alice = new(Guid.Parse("00000000-0000-7000-8000-00000000000a"));
    private readonly ConcurrentQueue<(long Id, string What)> _told = new();
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync() => _database = NpgsqlDataSource.Create(await TestPostgres.NewDatabase());

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task What_committed_is_told_in_order_and_what_was_rolled_back_never()
    {
        using var pump = await Running();
        await Commit("a", "b");
        await using (var connection = await _database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
            await OutboxLog.Append(connection, transaction, [Message("never")], default);
        await Commit("c");

        await Told(3);
        _told.Select(t => t.What).ShouldBe(["a", "b", "c"]);
        (await Count("delivered_at IS NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task An_event_of_a_server_that_died_before_telling_is_told_by_the_next_one()
    {
        await Commit("before the kill");
        using (await Running()) await Told(1);

        // Dying between telling and marking looks like this; the id shows that it is the same event.
        await Execute("UPDATE outbox SET delivered_at = NULL");
        using (await Running()) await Told(2);
        _told.Select(t => t.What).ShouldBe(["before the kill", "before the kill"]);
        _told.Select(t => t.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_that_commits_late_with_a_lower_id_is_not_lost()
    {
        using var pump = await Running();
        await using var slow = await _database.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await OutboxLog.Append(slow, transaction, [Message("late")], default);
        await Commit("early");
        await Told(1);
        await transaction.CommitAsync();

        await Told(2);
        _told.Select(t => t.What).ShouldBe(["early", "late"]);
        _told.Last().Id.ShouldBeLessThan(_told.First().Id);
    }

    [Fact]
    public async Task After_a_failure_the_accounts_later_events_wait_others_go_on_and_at_last_it_is_given_up()
    {
        using var pump = NewPump();
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        await Commit(Message("bad", mine), Message("behind it", mine), Message("elsewhere", other));

        await pump.Deliver(default);
        _told.Select(t => t.What).ShouldBe(["elsewhere"]);
        for (var attempt = 2; attempt < OutboxPump.MaxAttempts; attempt++) await pump.Deliver(default);
        _told.Count.ShouldBe(1);
        await pump.Deliver(default);
        await pump.Deliver(default);
        _told.Select(t => t.What).ShouldBe(["elsewhere", "behind it"]);
        (await Count("attempts = 5 AND delivered_at IS NOT NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_gathers_is_called_after_all_of_a_look_and_when_that_fails_it_is_told_again()
    {
        using var pump = NewPump();
        var (calls, away) = (new List<int>(), true);
        pump.Afterwards(_ =>
        {
            calls.Add(_told.Count);
            return away ? throw new NpgsqlException("not there") : ValueTask.CompletedTask;
        });
        await Commit("a", "b");
        await Should.ThrowAsync<NpgsqlException>(() => pump.Deliver(default));
        (await Count("delivered_at IS NULL")).ShouldBe(2);
        away = false;
        (await pump.Deliver(default)).ShouldBe(2);
        (await pump.Deliver(default)).ShouldBe(0);
        calls.ShouldBe([2, 4], "once a look, and not for nothing");
        _told.Select(t => t.What).ShouldBe(["a", "b", "a", "b"]);
    }

    [Fact]
    public async Task Ten_writers_at_once_lose_and_double_nothing()
    {
        using var pump = await Running();
        await Parallel.ForEachAsync(Enumerable.Range(0, 10), async (writer, _) =>
        {
            for (var i = 0; i < 20; i++) await Commit($"{writer}-{i}");
        });

        await Told(200);
        await Task.Delay(300);
        _told.Select(t => t.What).Order().ShouldBe(Enumerable.Range(0, 10).SelectMany(w => Enumerable.Range(0, 20).Select(i => $"{w}-{i}")).Order());
    }

    [Fact]
    public async Task Told_events_are_deleted_after_their_time_and_others_never()
    {
        await Commit("old", "young", "untold");
        await Execute("UPDATE outbox SET delivered_at = now() - interval '2 days' WHERE payload = '\"old\"'");
        await Execute("UPDATE outbox SET delivered_at = now() - interval '1 hour' WHERE payload = '\"young\"'");
        await Execute("UPDATE outbox SET created_at = now() - interval '9 days'");
        using var pruning = new OutboxPruning(_database, Options.Create(new OutboxOptions()), TimeProvider.System, NullLogger<OutboxPruning>.Instance);

        (await pruning.Prune(TimeSpan.FromHours(new OutboxOptions().KeepHours), default)).ShouldBe(1);
        (await Count("payload IN ('\"young\"', '\"untold\"')")).ShouldBe(2);
    }

    [Fact]
    public async Task The_servers_role_can_append_and_tell_but_not_rewrite_an_event()
    {
        await Commit("a");
        var denied = await Should.ThrowAsync<PostgresException>(() => Execute("SET ROLE lastro_server; UPDATE outbox SET payload = '1'"));
        denied.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static OutboxMessage Message(string what, Guid? account = null) => OutboxMessage.Of("test", Alice, account, what, JsonSerializerOptions.Web);

    private Task Commit(params string[] what) => Commit([.. what.Select(w => Message(w))]);

    private async Task Commit(params OutboxMessage[] messages)
    {
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await OutboxLog.Append(connection, transaction, messages, default);
        await transaction.CommitAsync();
    }

    private OutboxPump NewPump()
    {
        var pump = new OutboxPump(_database, TimeProvider.System, NullLogger<OutboxPump>.Instance);
        pump.Subscribe("test", (item, _) =>
        {
            var what = item.Payload.GetString()!;
            if (what == "bad") throw new InvalidOperationException("bad");
            item.User.ShouldBe(Alice);
            _told.Enqueue((item.Id, what));
            return ValueTask.CompletedTask;
        });
        return pump;
    }

    private async Task<Stopping> Running()
    {
        var pump = NewPump();
        await pump.StartAsync(default);
        return new Stopping(pump);
    }

    private async Task Told(int count)
    {
        for (var wait = 0; wait < 400 && _told.Count < count; wait++) await Task.Delay(25);
        _told.Count.ShouldBe(count);
    }

    private async Task<long> Count(string where)
    {
        for (var wait = 0; ; wait++)
        {
            await using var command = _database.CreateCommand($"SELECT count(*) FROM outbox WHERE {where}");
            var count = (long)(await command.ExecuteScalarAsync())!;
            // A told event is marked a moment later.
            if (!where.StartsWith("delivered_at IS NULL", StringComparison.Ordinal) || count == 0 || wait == 40) return count;
            await Task.Delay(25);
        }
    }

    private async Task Execute(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Stopping(OutboxPump pump) : IDisposable
    {
#pragma warning disable VSTHRD002 // A test's end; the pump stops at once.
        public void Dispose()
        {
            pump.StopAsync(default).GetAwaiter().GetResult();
            pump.Dispose();
        }
#pragma warning restore VSTHRD002
    }
}
