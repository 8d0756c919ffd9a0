using Dapper;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.ApiKeys;

/// <summary>The caller's keys that are not revoked, newest first; never more than one page.</summary>
internal sealed class ListApiKeys(NpgsqlDataSource database)
{
    public static Task<Paged<ApiKeyView>> Route(ListApiKeys verb, HttpContext context) => verb.Handle(UserId.Of(context.User), context.RequestAborted);

    public async Task<Paged<ApiKeyView>> Handle(UserId user, CancellationToken cancellation)
    {
        const string sql = $"SELECT {KeyRow.Columns} FROM api_keys WHERE user_id = @User AND revoked_at IS NULL ORDER BY created_at DESC, id LIMIT @Most";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<KeyRow>(new CommandDefinition(sql, new { User = user.Value, CreateApiKey.Most }, cancellationToken: cancellation));
        return new Paged<ApiKeyView>([.. rows.Select(row => row.Shown())], null);
    }
}
