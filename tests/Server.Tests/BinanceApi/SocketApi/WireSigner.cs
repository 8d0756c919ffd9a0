using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Lastro.Server.Tests.BinanceApi.SocketApi;

/// <summary>Signs as clients do, by other means than the server's.</summary>
internal static class WireSigner
{
    private const int Curve = 1087;

    public static string Hmac(string secret, string payload) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(payload)));

    /// <summary>A new Ed25519 key: how to sign with it, and its public half in base64.</summary>
    public static (Func<string, string> Sign, string PublicKey) NewCurveKey()
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        var key = EVP_PKEY_new_raw_private_key(Curve, 0, seed, 32);
        var open = new byte[32];
        nuint length = 32;
        if (EVP_PKEY_get_raw_public_key(key, open, ref length) != 1) throw new InvalidOperationException("no public key");
        return (payload => Sign(key, Encoding.UTF8.GetBytes(payload)), Convert.ToBase64String(open));
    }

    private static string Sign(nint key, byte[] payload)
    {
        var context = EVP_MD_CTX_new();
        var signature = new byte[64];
        nuint length = 64;
        try
        {
            if (EVP_DigestSignInit(context, 0, 0, 0, key) != 1 || EVP_DigestSign(context, signature, ref length, payload, (nuint)payload.Length) != 1)
                throw new InvalidOperationException("not signed");
        }
        finally
        {
            EVP_MD_CTX_free(context);
        }

        return Convert.ToBase64String(signature);
    }

    [DllImport("libcrypto.so.3")]
    private static extern nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte[] seed, nuint length);

    [DllImport("libcrypto.so.3")]
    private static extern int EVP_PKEY_get_raw_public_key(nint key, byte[] into, ref nuint length);

    [DllImport("libcrypto.so.3")]
    private static extern nint EVP_MD_CTX_new();

    [DllImport("libcrypto.so.3")]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport("libcrypto.so.3")]
    private static extern int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport("libcrypto.so.3")]
    private static extern int EVP_DigestSign(nint context, byte[] signature, ref nuint length, byte[] payload, nuint size);
}
