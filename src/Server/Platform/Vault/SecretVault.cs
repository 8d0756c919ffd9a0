using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Platform.Vault;

/// <summary>Where a secret belongs. It opens there and nowhere else: a row copied over another one is refused.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Row">The id of the row it stands in.</param>
/// <param name="Field">The table and column: <c>api_keys.secret</c>.</param>
internal readonly record struct VaultPlace(UserId User, Guid Row, string Field);

/// <summary>A sealed secret cannot be opened: damaged, moved, or locked by another master key.</summary>
internal sealed class VaultRefusedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// Secrets at rest. Each has a random data key of its own (AES-256-GCM), which the master key wraps (AES-256-GCM); both are bound to the
/// secret's place. Format 1: version 1 · master key's mark 8 · nonce 12 · wrapped key 32 · tag 16 · nonce 12 · tag 16 · the secret, locked.
/// </summary>
internal sealed class SecretVault(MasterKey master)
{
    private const byte Version = 1;
    private const int MarkAt = 1, WrapAt = 9, Nonce = 12, Tag = 16, BodyAt = WrapAt + Nonce + MasterKey.Length + Tag, SecretAt = BodyAt + Nonce + Tag;

    /// <summary>Locks a secret for its place. Twice the same secret gives two different results.</summary>
    public byte[] Seal(VaultPlace place, ReadOnlySpan<byte> secret)
    {
        var result = new byte[SecretAt + secret.Length];
        result[0] = Version;
        master.Mark.Span.CopyTo(result.AsSpan(MarkAt));
        var bound = Bound(place, master.Mark.Span);
        Span<byte> key = stackalloc byte[MasterKey.Length];
        try
        {
            RandomNumberGenerator.Fill(key);
            Lock(master.Bytes, key, bound, result.AsSpan(WrapAt, Nonce), result.AsSpan(WrapAt + Nonce, MasterKey.Length), result.AsSpan(WrapAt + Nonce + MasterKey.Length, Tag));
            Lock(key, secret, bound, result.AsSpan(BodyAt, Nonce), result.AsSpan(SecretAt), result.AsSpan(BodyAt + Nonce, Tag));
            return result;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The secret, for the place it was sealed for.</summary>
    /// <exception cref="VaultRefusedException">It is damaged, belongs elsewhere, or another master key locked it.</exception>
    public byte[] Open(VaultPlace place, ReadOnlySpan<byte> locked)
    {
        if (locked.Length < SecretAt || locked[0] != Version) throw new VaultRefusedException("This is no sealed secret of a known format.");
        if (!locked.Slice(MarkAt, master.Mark.Length).SequenceEqual(master.Mark.Span))
            throw new VaultRefusedException("The secret was locked by another master key than this server has.");
        var bound = Bound(place, master.Mark.Span);
        Span<byte> key = stackalloc byte[MasterKey.Length];
        var secret = new byte[locked.Length - SecretAt];
        try
        {
            Unlock(master.Bytes, locked.Slice(WrapAt, Nonce), locked.Slice(WrapAt + Nonce, MasterKey.Length), locked.Slice(WrapAt + Nonce + MasterKey.Length, Tag), bound, key);
            Unlock(key, locked.Slice(BodyAt, Nonce), locked[SecretAt..], locked.Slice(BodyAt + Nonce, Tag), bound, secret);
            return secret;
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new VaultRefusedException("The sealed secret is damaged or stands in another place than it was sealed for.", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static void Lock(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound, Span<byte> nonce, Span<byte> locked, Span<byte> tag)
    {
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(nonce, plain, locked, tag, bound);
    }

    private static void Unlock(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> locked, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> bound, Span<byte> plain)
    {
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(nonce, locked, tag, plain, bound);
    }

    /// <summary>What is authenticated along: format, master key, user, row, field. Fixed lengths come first, so that no two places read the same.</summary>
    private static byte[] Bound(VaultPlace place, ReadOnlySpan<byte> mark)
    {
        var field = Encoding.UTF8.GetBytes(place.Field);
        var bound = new byte[1 + mark.Length + 16 + 16 + 4 + field.Length];
        bound[0] = Version;
        mark.CopyTo(bound.AsSpan(1));
        var rest = bound.AsSpan(1 + mark.Length);
        if (!place.User.Value.TryWriteBytes(rest, bigEndian: true, out _) || !place.Row.TryWriteBytes(rest[16..], bigEndian: true, out _))
            throw new InvalidOperationException("There is room for both ids.");
        BinaryPrimitives.WriteInt32BigEndian(rest[32..], field.Length);
        field.CopyTo(rest[36..]);
        return bound;
    }
}
