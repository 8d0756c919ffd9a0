using System.Security.Cryptography;
using System.Text;
using Dapper;
using Lastro.Server.Platform.Errors;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>A request that moves money, by the key its sender gave it: the same key gives the same answer for ever.</summary>
/// <param name="Scope">Within which keys are unique: the user for a new account, the account for a reset.</param>
/// <param name="Key">Null when none was given: then every request is a new one.</param>
/// <param name="Hash">SHA-256 of what the request asks for.</param>
internal sealed record WalletRequest(Guid Scope, string? Key, byte[] Hash)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 64;

    public static (WalletRequest? Request, Refused? Refused) Of(Guid scope, string? key, string asked) =>
        key is not null && (key.Length is < 1 or > LongestKey || key.Any(letter => letter is < '!' or > '~'))
            ? (null, new Refused(ErrorCode.InvalidField, Header, key, $"1..{LongestKey} visible ASCII characters"))
            : (new WalletRequest(scope, key, SHA256.HashData(Encoding.UTF8.GetBytes(asked))), null);

    /// <summary>The answer given before, or the refusal when the key was used for something else. Ask while holding the scope's lock.</summary>
    public async Task<(string? Answer, Refused? Refused)> Find(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (Key is null) return (null, null);
        var (hash, answer) = await connection.QuerySingleOrDefaultAsync<(byte[]?, string?)>(new CommandDefinition(
            "SELECT request_hash, answer FROM wallet_requests WHERE scope = @Scope AND key = @Key", this, cancellationToken: cancellation));
        if (hash is null) return (null, null);
        return hash.AsSpan().SequenceEqual(Hash)
            ? (answer, null)
            : (null, new Refused(ErrorCode.IdempotencyMismatch, Header, Key, Detail: "The key was used for a request with another body."));
    }

    public Task Keep(NpgsqlConnection connection, string answer, DateTimeOffset now, CancellationToken cancellation) => Key is null
        ? Task.CompletedTask
        : connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO wallet_requests (scope, key, request_hash, answer, created_at) VALUES (@Scope, @Key, @Hash, @answer, @now)",
            new { Scope, Key, Hash, answer, now = now.UtcDateTime }, cancellationToken: cancellation));
}
