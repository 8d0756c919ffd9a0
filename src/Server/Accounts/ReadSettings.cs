using Dapper;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>The caller's settings; the defaults until they saved some.</summary>
internal sealed class ReadSettings(NpgsqlDataSource database)
{
    public async Task<UserSettings> Handle(UserId user, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var json = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select document::text from user_settings where user_id = @User", new { User = user.Value }, cancellationToken: cancellation));
        return json is null ? UserSettings.Default : SettingsDocument.Stored(json);
    }
}
