using System.Text.Json;
using Lastro.Server.Platform.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Lastro.Server.Platform.Outbox;

/// <summary>An event to be told once its transaction has committed.</summary>
/// <param name="Topic">What it is about: <c>orders</c>, <c>balances</c>.</param>
/// <param name="User">Whose it is.</param>
/// <param name="AccountId">The account it changed, where there is one.</param>
/// <param name="Payload">JSON.</param>
internal sealed record OutboxMessage(string Topic, UserId User, Guid? AccountId, JsonElement Payload)
{
    public static OutboxMessage Of<T>(string topic, UserId user, Guid? accountId, T payload, JsonSerializerOptions json) =>
        new(topic, user, accountId, JsonSerializer.SerializeToElement(payload, json));
}

/// <summary>A committed event on its way. The same <paramref name="Id"/> may come twice, never zero times.</summary>
internal sealed record OutboxEvent(long Id, string Topic, UserId User, Guid? AccountId, JsonElement Payload, DateTimeOffset CreatedAt);

/// <summary>
/// Writes events in the caller's transaction. Append after taking the account's lock: then ids of one account rise in the order of its
/// commits, which is the order of delivery.
/// </summary>
internal static class OutboxLog
{
    private const string InsertSql = """
        INSERT INTO outbox (topic, user_id, account_id, payload)
        SELECT m.topic, m.user_id, m.account_id, m.payload::jsonb
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS m (topic, user_id, account_id, payload, position)
        ORDER BY m.position
        """;

    /// <summary>Adds events to the transaction. Call <see cref="OutboxPump.Wake"/> after the commit to have them told at once.</summary>
    public static async Task Append(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellation)
    {
        if (messages.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Command(messages) } };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>As <see cref="Append"/>, as one statement of a batch of the caller's.</summary>
    public static NpgsqlBatchCommand Command(IReadOnlyList<OutboxMessage> messages)
    {
        var command = new NpgsqlBatchCommand(InsertSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. messages.Select(m => m.Topic)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. messages.Select(m => m.User.Value)] });
        command.Parameters.Add(new NpgsqlParameter { Value = messages.Select(m => m.AccountId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. messages.Select(m => m.Payload.GetRawText())] });
        return command;
    }
}
