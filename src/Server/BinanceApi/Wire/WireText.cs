using System.Buffers;
using System.Text;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>
/// Reads the raw query and the raw body of a REST request. What is signed is both as they came, one after the other, without the
/// signature; what is meant is decoded from it. Nothing is ever encoded anew.
/// </summary>
internal static class WireText
{
    private const int MostParameters = 100;

    private static readonly SearchValues<byte> _encoded = SearchValues.Create("%+"u8);

    /// <param name="query">Without the question mark.</param>
    /// <param name="body">As it came.</param>
    public static (WireParameters Parameters, string? Signature, WireError? Error) Read(ReadOnlySpan<byte> query, ReadOnlySpan<byte> body)
    {
        var parameters = new WireParameters();
        string? signature = null;
        var error = Read(query, parameters, 0, ref signature);
        var fromQuery = parameters.All.Count;
        error ??= body.IsEmpty ? null : Read(body, parameters, fromQuery, ref signature);
        return (parameters, signature, error);
    }

    /// <summary>Query and body without the signature, which may stand anywhere in either.</summary>
    public static byte[] Payload(ReadOnlySpan<byte> query, ReadOnlySpan<byte> body)
    {
        var payload = new byte[query.Length + body.Length];
        var length = CopyUnsigned(query, payload);
        length += CopyUnsigned(body, payload.AsSpan(length));
        return length == payload.Length ? payload : payload[..length];
    }

    /// <summary>Where a parameter stands in both, the query's counts; twice in one of them is an error.</summary>
    private static WireError? Read(ReadOnlySpan<byte> text, WireParameters into, int before, ref string? signature)
    {
        var own = false;
        while (!text.IsEmpty)
        {
            var pair = Next(ref text);
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf((byte)'=');
            var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            if (IsSignature(pair))
            {
                if (own) return WireError.Duplicate;
                own = true;
                signature ??= value;
                continue;
            }

            var name = WireNames.Of(equals < 0 ? pair : pair[..equals]) ?? Decode(equals < 0 ? pair : pair[..equals]);
            var at = IndexOf(into, name);
            if (at >= before) return WireError.Duplicate;
            if (at < 0) into.Add(name, value);
            if (into.All.Count > MostParameters) return WireError.TooManyParameters;
        }

        return null;
    }

    private static int CopyUnsigned(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var (length, first, more) = (0, true, !text.IsEmpty);
        while (more)
        {
            // An ampersand at the end is signed as well: after it comes an empty pair.
            more = text.Contains((byte)'&');
            var pair = Next(ref text);
            if (IsSignature(pair)) continue;
            if (!first) into[length++] = (byte)'&';
            first = false;
            pair.CopyTo(into[length..]);
            length += pair.Length;
        }

        return length;
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'&');
        var pair = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[(end + 1)..];
        return pair;
    }

    private static bool IsSignature(ReadOnlySpan<byte> pair) => pair.StartsWith("signature="u8) || pair.SequenceEqual("signature"u8);

    private static int IndexOf(WireParameters parameters, string name)
    {
        var all = parameters.All;
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Name == name) return i;
        }

        return -1;
    }

    /// <summary>Percent signs that encode nothing stay as they are; bytes that are no UTF-8 become the replacement character.</summary>
    private static string Decode(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(_encoded)) return Encoding.UTF8.GetString(text);
        var rented = text.Length <= 512 ? null : ArrayPool<byte>.Shared.Rent(text.Length);
        var plain = rented ?? stackalloc byte[512];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == (byte)'%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                plain[length++] = (byte)((Half(text[i + 1]) << 4) | Half(text[i + 2]));
                i += 2;
            }
            else
            {
                plain[length++] = letter == (byte)'+' ? (byte)' ' : letter;
            }
        }

        var decoded = Encoding.UTF8.GetString(plain[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return decoded;
    }

    private static int Half(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
