namespace Lastro.Bounds;

/// <summary>The least that must be done with a trade message: fixed offsets between quotes, integers without decimals' cost.</summary>
internal static class TradeScan
{
    public static (long Id, long Price, long Quantity, long Time, bool Maker) Read(ReadOnlySpan<byte> message)
    {
        var at = message.IndexOf("\"t\":"u8) + 4;
        var id = Digits(message, ref at);
        at += 6;
        var price = Digits(message, ref at);
        at += 7;
        var quantity = Digits(message, ref at);
        at += 6;
        var time = Digits(message, ref at);
        return (id, price, quantity, time, message[at + 5] == 't');
    }

    private static long Digits(ReadOnlySpan<byte> text, ref int at)
    {
        var value = 0L;
        unchecked
        {
            for (; at < text.Length; at++)
            {
                var digit = (uint)(text[at] - '0');
                if (digit <= 9)
                    value = (value * 10) + digit;
                else if (text[at] != '.')
                    break;
            }
        }

        return value;
    }
}
