using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Platform.Requests;

/// <summary>
/// A request that makes something, by the key its sender gave it (header Idempotency-Key): the same key and body give the same answer for
/// ever, another body is refused.
/// </summary>
/// <param name="User">Within whose requests keys are unique.</param>
/// <param name="Kind">What it makes: keys of different kinds do not meet.</param>
/// <param name="Key">Null when none was given: then every request is a new one.</param>
/// <param name="Hash">SHA-256 of the body.</param>
internal sealed record KeyedRequest(UserId User, string Kind, string? Key, byte[] Hash)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 64;

    public static (KeyedRequest? Request, Refused? Refused) Of<T>(HttpContext context, string kind, T body, JsonSerializerOptions json)
    {
        var key = context.Request.Headers[Header].FirstOrDefault();
        return key is not null && (key.Length is < 1 or > LongestKey || key.Any(letter => letter is < '!' or > '~'))
            ? (null, new Refused(ErrorCode.InvalidField, Header, key, $"1..{LongestKey} visible ASCII characters"))
            : (new KeyedRequest(UserId.Of(context.User), kind, key, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, json))), null);
    }

    /// <summary>Lets one request of the user and kind in after the other, until the transaction ends: two with the same key cannot both be the first.</summary>
    public Task Lock(NpgsqlConnection connection, CancellationToken cancellation) => connection.ExecuteAsync(new CommandDefinition(
        "SELECT pg_advisory_xact_lock(hashtextextended('keyed:' || @Kind || @User::text, 0))", new { Kind, User = User.Value }, cancellationToken: cancellation));

    /// <summary>The answer given before, or the refusal when the key was used for something else. Certain only while <see cref="Lock"/> holds.</summary>
    public async Task<(T? Answer, Refused? Refused)> Find<T>(NpgsqlConnection connection, JsonSerializerOptions json, CancellationToken cancellation)
        where T : class
    {
        if (Key is null) return (null, null);
        var (hash, answer) = await connection.QuerySingleOrDefaultAsync<(byte[]?, string?)>(new CommandDefinition(
            "SELECT request_hash, answer FROM keyed_requests WHERE user_id = @User AND kind = @Kind AND key = @Key",
            new { User = User.Value, Kind, Key }, cancellationToken: cancellation));
        if (hash is null || answer is null) return (null, null);
        return hash.AsSpan().SequenceEqual(Hash)
            ? (JsonSerializer.Deserialize<T>(answer, json), null)
            : (null, new Refused(ErrorCode.IdempotencyMismatch, Header, Key, Detail: "The key was used for a request with another body."));
    }

    public Task Keep<T>(NpgsqlConnection connection, T answer, DateTimeOffset now, JsonSerializerOptions json, CancellationToken cancellation) => Key is null
        ? Task.CompletedTask
        : connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO keyed_requests (user_id, kind, key, request_hash, answer, created_at) VALUES (@User, @Kind, @Key, @Hash, @answer, @now)",
            new { User = User.Value, Kind, Key, Hash, answer = JsonSerializer.Serialize(answer, json), now = now.UtcDateTime }, cancellationToken: cancellation));
}
