using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lastro.Server.Platform.Identity;

/// <summary>JWTs of exactly one kind: HS256, one header, one issuer and audience. Anything else does not verify.</summary>
internal sealed class AccessTokens(SigningKey key, TimeProvider clock)
{
    public const string Issuer = "lastro";
    public const string Audience = "lastro-api";

    private const int LongestToken = 2048;
    private const int NotBeforeSkewSeconds = 5;
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);
    private static readonly JsonSerializerOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(15);

    public string Issue(UserId user, Guid sessionId, string role)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Claims(Issuer, Audience, user.Value, sessionId, role, now, now, now + (long)Lifetime.TotalSeconds);
        var body = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, Strict))}";
        return $"{body}.{Signature(body)}";
    }

    /// <summary>What the token says, or null unless every part of it is as <see cref="Issue"/> makes it and its time has come and not passed.</summary>
    public SignedIn? Read(string? token)
    {
        if (token is null or { Length: > LongestToken } || token.Split('.') is not [var header, var payload, var signature])
            return null;
        var expected = Encoding.ASCII.GetBytes(Signature($"{header}.{payload}"));
        if (header != Header || !CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature)))
            return null;
        if (Parse(payload) is not { Iss: Issuer, Aud: Audience } claims)
            return null;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (now >= claims.Exp || now + NotBeforeSkewSeconds < claims.Nbf)
            return null;
        return new SignedIn(new UserId(claims.Sub), claims.Sid, claims.Role, DateTimeOffset.FromUnixTimeSeconds(claims.Exp));
    }

    private static Claims? Parse(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(payload), Strict);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private string Signature(string body) => Base64Url.EncodeToString(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes(body)));

    private sealed record Claims(
        [property: JsonPropertyName("iss")] string Iss,
        [property: JsonPropertyName("aud")] string Aud,
        [property: JsonPropertyName("sub")] Guid Sub,
        [property: JsonPropertyName("sid")] Guid Sid,
        [property: JsonPropertyName("role")] string Role,
        [property: JsonPropertyName("iat")] long Iat,
        [property: JsonPropertyName("nbf")] long Nbf,
        [property: JsonPropertyName("exp")] long Exp);
}
