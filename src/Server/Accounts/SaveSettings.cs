using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Accounts;

/// <summary>Replaces the caller's settings by a whole document of at most 16 kB.</summary>
internal sealed class SaveSettings(NpgsqlDataSource database)
{
    public const int LargestDocument = 16_384;

    public async Task<(UserSettings? Settings, Refused? Refused)> Handle(Stream body, UserId user, CancellationToken cancellation)
    {
        var buffer = new byte[LargestDocument + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (length > LargestDocument)
            return (null, new Refused(ErrorCode.InvalidField, "settings", Limit: $"{LargestDocument}", Detail: "The document is too large."));
        var (settings, refused) = SettingsDocument.Read(buffer.AsSpan(0, length));
        if (settings is null)
            return (null, refused);
        const string sql = """
            insert into user_settings (user_id, document) values (@User, @Document::jsonb)
            on conflict (user_id) do update set document = excluded.document
            """;
        var parameters = new { User = user.Value, Document = SettingsDocument.Write(settings) };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        return (settings, null);
    }
}
