using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.ApiKeys;

/// <summary>Ends a key of the caller for good; its secret is wiped. Once this has answered, no call with it passes here, and on other nodes none a second later.</summary>
internal sealed class RevokeApiKey(NpgsqlDataSource database, KeyRing ring, TimeProvider clock, ILogger<RevokeApiKey> log)
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Route(string id, RevokeApiKey verb, HttpContext context) =>
        Guid.TryParse(id, out var key) && await verb.Handle(UserId.Of(context.User), key, context.RequestAborted)
            ? TypedResults.NoContent()
            : Problems.Result(new Refused(ErrorCode.NotFound));

    /// <summary>False when the caller has no such key, or it was revoked before.</summary>
    public async Task<bool> Handle(UserId user, Guid key, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE api_keys SET revoked_at = @Now, revoked_reason = 'owner', secret = NULL WHERE id = @key AND user_id = @User AND revoked_at IS NULL
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var ended = await connection.ExecuteAsync(new CommandDefinition(sql, new { Now = clock.GetUtcNow(), key, User = user.Value }, cancellationToken: cancellation));
        if (ended == 0) return false;
        ring.Ended([key]);
        log.LogInformation("API key {Key} of {User} was revoked", key, user);
        return true;
    }
}
