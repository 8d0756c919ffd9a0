using System.Text.Json.Serialization;
using Dapper;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Journaling;

/// <summary>Writes the caller's note on an order of theirs, or writes it anew: what the body does not name is empty.</summary>
internal sealed class PutNote(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The body of PUT /orders/{id}/note. One of the three must say something.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        /// <summary>At most 4000 characters.</summary>
        public string? Text { get; init; }

        /// <summary>At most 10, each at most 32 characters.</summary>
        public IReadOnlyList<string>? Tags { get; init; }

        /// <summary>calm, confident, excited, greedy, impatient, anxious or regretful.</summary>
        public string? Emotion { get; init; }
    }

    public static async Task<Results<Ok<NoteView>, ProblemHttpResult>> Route(string id, Request body, PutNote verb, HttpContext context)
    {
        if (JournalRoom.OrderOf(id) is not { } order) return Problems.Result(new Refused(ErrorCode.NotFound));
        var (note, refused) = await verb.Handle(body, UserId.Of(context.User), order, context.RequestAborted);
        return note is null ? Problems.Result(refused!) : TypedResults.Ok(note);
    }

    public async Task<(NoteView? Note, Refused? Refused)> Handle(Request body, UserId user, long order, CancellationToken cancellation)
    {
        var (note, refused) = NoteText.Read(body);
        if (note is null) return (null, refused);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (!(await OrdersRoom.Glimpses(connection, user, [order], cancellation)).TryGetValue(order, out var known)) return (null, new Refused(ErrorCode.NotFound));
        const string sql = $"""
            INSERT INTO order_notes (order_id, user_id, symbol, ordered_at, text, tags, folded, emotion, created_at, updated_at)
            VALUES (@order, @User, @Symbol, @OrderedAt, @Text, @Tags, @folded, @Emotion, @now, @now)
            ON CONFLICT (order_id) DO UPDATE SET text = excluded.text, tags = excluded.tags, folded = excluded.folded,
                emotion = excluded.emotion, updated_at = excluded.updated_at
            WHERE order_notes.user_id = @User
            RETURNING {NoteRow.Columns}
            """;
        var now = clock.GetUtcNow().UtcDateTime;
        var parameters = new { order, User = user.Value, known.Symbol, OrderedAt = known.CreatedAt.UtcDateTime, note.Text, note.Tags, folded = note.Folded(known.Symbol), note.Emotion, now };
        var row = await connection.QuerySingleAsync<NoteRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        return (row.Shown(), null);
    }
}
