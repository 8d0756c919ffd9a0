using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Lastro.Server.Accounts;

/// <summary>A password hash that nothing matches, checked for unknown addresses so that they take as long as known ones.</summary>
internal sealed class DecoyHash(IPasswordHasher<User> hasher, AccountsOptions options)
{
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;
    private readonly string _hash = Make(options.HashRounds);
    private readonly User _nobody = new() { Id = Guid.Empty, Email = "", Name = "", CreatedAt = default, PasswordChangedAt = default };

    /// <summary>False, after the work of a real check.</summary>
    public bool Check(string password) =>
        hasher.VerifyHashedPassword(_nobody, _hash, password[..Math.Min(password.Length, PasswordRules.Longest)]) != PasswordVerificationResult.Failed;

    // Identity's format V3: 0x01, PRF (2 = HMAC-SHA512), rounds, salt length, salt, key.
    private static string Make(int rounds)
    {
        var bytes = new byte[13 + SaltBytes + KeyBytes];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)rounds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), SaltBytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(13));
        return Convert.ToBase64String(bytes);
    }
}
