using System.Security.Cryptography;
using System.Text;

namespace Lastro.Server.ApiKeys;

/// <summary>How keys and secrets look: 64 letters and digits, as Binance's do, so that no client stumbles over one.</summary>
internal static class KeyText
{
    public const int Length = 64;

    /// <summary>How much of a key is kept readable, for its owner to tell it from others.</summary>
    public const int PrefixLength = 12;

    private const string Head = "Lastro";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A new key: 58 letters by chance, which is more than 300 bits.</summary>
    public static string NewKey() => Head + RandomNumberGenerator.GetString(Letters, Length - Head.Length);

    public static string NewSecret() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>Could it be a key of ours? What could not is not looked up.</summary>
    public static bool CouldBeKey(string text)
    {
        if (text.Length != Length || !text.StartsWith(Head, StringComparison.Ordinal)) return false;
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter)) return false;
        }

        return true;
    }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));
}
