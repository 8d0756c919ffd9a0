using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using Lastro.Server.Platform.Vault;

namespace Lastro.Server.ApiKeys;

/// <summary>A key in memory, ready to be asked thousands of times a second. Its secret is nowhere else readable.</summary>
internal sealed class HeldKey
{
    private const int HmacLength = 32;
    private const int Seconds = 60;

    private readonly Ed25519.PublicKey? _public;
    private readonly byte[]? _secret;
    private readonly IPNetwork[] _networks;
    private readonly int[] _calls = new int[Seconds];
    private readonly long[] _callSeconds = new long[Seconds];
    private long _usedAtMs;
    private IPAddress? _usedFrom;
    private int _unwritten;

    private HeldKey(KnownKey key, IPNetwork[] networks, long? expiresAtMs) => (Key, _networks, ExpiresAtMs) = (key, networks, expiresAtMs ?? long.MaxValue);

    public HeldKey(KnownKey key, IPNetwork[] networks, long? expiresAtMs, byte[] secret)
        : this(key, networks, expiresAtMs) => _secret = secret;

    public HeldKey(KnownKey key, IPNetwork[] networks, long? expiresAtMs, Ed25519.PublicKey @public)
        : this(key, networks, expiresAtMs) => _public = @public;

    public KnownKey Key { get; }

    /// <summary>Unix milliseconds; the largest number for never.</summary>
    public long ExpiresAtMs { get; }

    /// <summary>An IPv4 address counts as such also where it comes in IPv6's clothes.</summary>
    public bool Allows(IPAddress? from)
    {
        if (_networks.Length == 0) return true;
        if (from is null) return false;
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        foreach (var network in _networks)
        {
            if (network.Contains(from)) return true;
        }

        return false;
    }

    /// <summary>In constant time, but for what is no signature at all.</summary>
    public bool Signed(ReadOnlySpan<byte> payload, ReadOnlySpan<char> signature) =>
        _secret is not null ? SignedByHmac(payload, signature) : SignedByEd25519(payload, signature);

    /// <summary>Without a lock: two calls at the same moment may leave either's address.</summary>
    public void NoteUse(long nowMs, IPAddress? from)
    {
        Volatile.Write(ref _usedAtMs, nowMs);
        Volatile.Write(ref _usedFrom, from);
        Volatile.Write(ref _unwritten, 1);
        var (second, place) = (nowMs / 1000, (int)(nowMs / 1000 % Seconds));
        var known = Volatile.Read(ref _callSeconds[place]);
        if (known != second && Interlocked.CompareExchange(ref _callSeconds[place], second, known) == known) Volatile.Write(ref _calls[place], 0);
        Interlocked.Increment(ref _calls[place]);
    }

    /// <summary>Calls in the last 60 s, this one included.</summary>
    public int CallsInMinute(long nowMs)
    {
        var (sum, second) = (0, nowMs / 1000);
        for (var place = 0; place < Seconds; place++)
        {
            if (second - Volatile.Read(ref _callSeconds[place]) is >= 0 and < Seconds) sum += Volatile.Read(ref _calls[place]);
        }

        return sum;
    }

    /// <summary>The last use, once, when it has not been written down.</summary>
    public (long AtMs, IPAddress? From)? TakeUse() =>
        Interlocked.Exchange(ref _unwritten, 0) == 0 ? null : (Volatile.Read(ref _usedAtMs), Volatile.Read(ref _usedFrom));

    /// <summary>It could not be written: next time.</summary>
    public void KeepUse() => Volatile.Write(ref _unwritten, 1);

    /// <summary>The secret is wiped; nothing is signed by it any more. OpenSSL's handle goes with the object: another thread may be using it.</summary>
    public void Forget()
    {
        if (_secret is not null) RandomNumberGenerator.Fill(_secret);
    }

    public override string ToString() => "***";

    private bool SignedByHmac(ReadOnlySpan<byte> payload, ReadOnlySpan<char> signature)
    {
        Span<byte> given = stackalloc byte[HmacLength];
        if (signature.Length != HmacLength * 2 || Convert.FromHexString(signature, given, out _, out var length) != OperationStatus.Done || length != HmacLength) return false;
        Span<byte> right = stackalloc byte[HmacLength];
        HMACSHA256.HashData(_secret, payload, right);
        return CryptographicOperations.FixedTimeEquals(right, given);
    }

    private bool SignedByEd25519(ReadOnlySpan<byte> payload, ReadOnlySpan<char> signature)
    {
        Span<byte> given = stackalloc byte[Ed25519.SignatureLength + 2];
        return signature.Length == 88 && Convert.TryFromBase64Chars(signature, given, out var length) && length == Ed25519.SignatureLength
            && _public!.Verify(payload, given[..length]);
    }
}
