namespace Lastro.Server.BinanceApi.Wire;

/// <summary>The names that come with nearly every request, so that they are not made anew each time.</summary>
internal static class WireNames
{
    private static readonly (byte[] Bytes, string Text)[] _known =
    [
        ("symbol"u8.ToArray(), "symbol"), ("timestamp"u8.ToArray(), "timestamp"), ("recvWindow"u8.ToArray(), "recvWindow"),
        ("limit"u8.ToArray(), "limit"), ("side"u8.ToArray(), "side"), ("type"u8.ToArray(), "type"), ("quantity"u8.ToArray(), "quantity"),
        ("price"u8.ToArray(), "price"), ("timeInForce"u8.ToArray(), "timeInForce"), ("newClientOrderId"u8.ToArray(), "newClientOrderId"),
        ("orderId"u8.ToArray(), "orderId"), ("interval"u8.ToArray(), "interval"), ("symbols"u8.ToArray(), "symbols"),
    ];

    public static string? Of(ReadOnlySpan<byte> name)
    {
        foreach (var (bytes, text) in _known)
        {
            if (name.SequenceEqual(bytes)) return text;
        }

        return null;
    }
}
