using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Accounts;

/// <summary>Marks that a browser keeps after signing in (OWASP "device cookies"). They open nothing; they only separate the owner's wrong tries from strangers'.</summary>
internal sealed class DeviceMarks(SigningKey key)
{
    private const int NonceBytes = 16;
    private readonly byte[] _key = key.Derive("device mark");

    public string Make(string emailKey)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        return $"{nonce}.{Seal(nonce, emailKey)}";
    }

    /// <summary>Whether this mark was made here for this account.</summary>
    public bool IsOf(string? mark, string emailKey) =>
        mark is { Length: < 200 } && mark.Split('.') is [var nonce, var seal]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(seal), Encoding.UTF8.GetBytes(Seal(nonce, emailKey)));

    private string Seal(string nonce, string emailKey) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{nonce} {emailKey}")));
}
