using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Strategies;

/// <summary>Deletes a strategy of the caller with all its versions. Runs that were made with it keep their own copy of the rules.</summary>
internal sealed class DeleteStrategy(NpgsqlDataSource database)
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Route(string id, DeleteStrategy verb, HttpContext context)
    {
        if (BuiltInShelf.Find(id) is not null) return Problems.Result(BuiltInShelf.Fixed);
        return Guid.TryParse(id, out var own) && await verb.Handle(UserId.Of(context.User), own, context.RequestAborted)
            ? TypedResults.NoContent()
            : Problems.Result(new Refused(ErrorCode.NotFound));
    }

    /// <summary>False when there was none.</summary>
    public async Task<bool> Handle(UserId user, Guid id, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM strategies WHERE id = @id AND user_id = @User", new { id, User = user.Value }, cancellationToken: cancellation)) == 1;
    }
}
