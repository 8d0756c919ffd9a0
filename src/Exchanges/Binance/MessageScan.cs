using System.Runtime.CompilerServices;

namespace Lastro.Exchanges.Binance;

/// <summary>Walks a text whose shape is known. Every step answers false at the first surprise; the caller then takes the slow road.</summary>
internal ref struct MessageScan(ReadOnlySpan<byte> text)
{
    /// <summary>Digits that always fit in 63 bits.</summary>
    private const int MaxDigits = 18;

    private ReadOnlySpan<byte> _rest = text;

    /// <summary>True when everything was consumed.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>What was not consumed yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Consumes exactly <paramref name="literal"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ReadOnlySpan<byte> literal)
    {
        if (!_rest.StartsWith(literal))
            return false;
        _rest = _rest[literal.Length..];
        return true;
    }

    /// <summary>Consumes a whole number, which may be negative.</summary>
    public bool Number(out long value)
    {
        var negative = !_rest.IsEmpty && _rest[0] == '-';
        var start = negative ? 1 : 0;
        var (at, digits) = (start, 0L);
        while (at < _rest.Length && at - start <= MaxDigits && unchecked((uint)(_rest[at] - '0')) <= 9)
            digits = unchecked((digits * 10) + (_rest[at++] - '0'));
        value = negative ? -digits : digits;
        if (at == start || at - start > MaxDigits || (_rest[start] == '0' && at - start > 1))
            return false;
        _rest = _rest[at..];
        return true;
    }

    /// <summary>Consumes characters up to and including the closing quote; false when there is an escape or nothing.</summary>
    public bool Text(out ReadOnlySpan<byte> value)
    {
        var end = _rest.IndexOfAny((byte)'"', (byte)'\\');
        value = default;
        if (end <= 0 || _rest[end] != '"' || _rest[..end].ContainsAnyInRange((byte)0, (byte)0x1F))
            return false;
        value = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>Consumes the digits of an amount up to and including the closing quote. Zeros at the end of the fraction are not kept.</summary>
    public bool Amount(out decimal value)
    {
        var (at, digits, mantissa) = (0, 0, 0L);
        var (point, significant, scale) = (-1, 0L, 0);
        value = 0m;
        for (; at < _rest.Length; at++)
        {
            var digit = unchecked((uint)(_rest[at] - '0'));
            if (digit <= 9)
            {
                if (++digits > MaxDigits)
                    return false;
                mantissa = unchecked((mantissa * 10) + digit);
                if (digit != 0 || point < 0)
                    (significant, scale) = (mantissa, point < 0 ? 0 : at - point);
            }
            else if (_rest[at] == '.' && point < 0 && at > 0)
            {
                point = at;
            }
            else
            {
                break;
            }
        }

        if (at == 0 || at >= _rest.Length || _rest[at] != '"' || point == at - 1)
            return false;
        _rest = _rest[(at + 1)..];
        value = unchecked(new decimal((int)significant, (int)(significant >> 32), 0, false, (byte)scale));
        return true;
    }

    /// <summary>Consumes true or false.</summary>
    public bool Flag(out bool value) => (value = Take("true"u8)) || Take("false"u8);
}
