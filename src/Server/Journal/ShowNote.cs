using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Journaling;

/// <summary>The caller's note on one order.</summary>
internal sealed class ShowNote(NpgsqlDataSource database)
{
    public static async Task<Results<Ok<NoteView>, ProblemHttpResult>> Route(string id, ShowNote verb, HttpContext context) =>
        JournalRoom.OrderOf(id) is { } order && await verb.Handle(UserId.Of(context.User), order, context.RequestAborted) is { } note
            ? TypedResults.Ok(note)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<NoteView?> Handle(UserId user, long order, CancellationToken cancellation)
    {
        const string sql = $"SELECT {NoteRow.Columns} FROM order_notes WHERE order_id = @order AND user_id = @User";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var row = await connection.QuerySingleOrDefaultAsync<NoteRow>(new CommandDefinition(sql, new { order, User = user.Value }, cancellationToken: cancellation));
        return row?.Shown();
    }
}
