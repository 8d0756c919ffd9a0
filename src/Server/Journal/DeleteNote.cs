using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Journaling;

/// <summary>Takes the caller's note on an order away.</summary>
internal sealed class DeleteNote(NpgsqlDataSource database)
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Route(string id, DeleteNote verb, HttpContext context) =>
        JournalRoom.OrderOf(id) is { } order && await verb.Handle(UserId.Of(context.User), order, context.RequestAborted)
            ? TypedResults.NoContent()
            : Problems.Result(new Refused(ErrorCode.NotFound));

    /// <summary>False when there was none.</summary>
    public async Task<bool> Handle(UserId user, long order, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var gone = await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM order_notes WHERE order_id = @order AND user_id = @User", new { order, User = user.Value }, cancellationToken: cancellation));
        return gone == 1;
    }
}
