namespace Lastro.Server.ApiKeys;

/// <summary>An Ed25519 public key as people paste it: PEM as OpenSSL and Binance write it, or the bare 32 bytes in base64.</summary>
internal static class PublicKeyText
{
    private const string PemHead = "-----BEGIN PUBLIC KEY-----";
    private const string PemFoot = "-----END PUBLIC KEY-----";
    private const int LongestText = 400;
    private const int KeyLength = 32;

    /// <summary>RFC 8410: SubjectPublicKeyInfo of Ed25519, up to the key itself.</summary>
    private static ReadOnlySpan<byte> Info => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>The 32 bytes; null, with why, when there are none.</summary>
    public static (byte[]? Key, string? Wrong) Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText) return (null, "An Ed25519 key needs publicKey: PEM, or 32 bytes in base64.");
        text = text.Trim();
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal)) return (null, "This is a private key. It stays with you: send the public one, and make a new pair.");
        if (text.StartsWith(PemHead, StringComparison.Ordinal) && text.EndsWith(PemFoot, StringComparison.Ordinal) && text.Length > PemHead.Length + PemFoot.Length)
            text = text[PemHead.Length..^PemFoot.Length];
        var bytes = new byte[LongestText];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return (null, "The public key is neither PEM nor base64.");
        if (length == Info.Length + KeyLength && bytes.AsSpan().StartsWith(Info)) return (bytes[Info.Length..length], null);
        return length == KeyLength ? (bytes[..length], null) : (null, "This is no Ed25519 public key: it has 32 bytes.");
    }
}
