using System.Globalization;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>The parameters of a call by name, as text. An array of the WebSocket API is its JSON text, as REST clients send it.</summary>
internal sealed class WireParameters
{
    private readonly List<(string Name, string Value)> _all = [];

    /// <summary>In the order they came.</summary>
    public IReadOnlyList<(string Name, string Value)> All => _all;

    /// <summary>True when a value holds what is no text: the letter zero, which PostgreSQL does not take, or half a letter.</summary>
    public bool Illegal { get; private set; }

    public void Add(string name, string value)
    {
        Illegal |= IsIllegal(value);
        _all.Add((name, value));
    }

    /// <summary>Null when it was not sent or is empty.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (known, value) in _all)
            {
                if (known == name) return value.Length == 0 ? null : value;
            }

            return null;
        }
    }

    /// <summary>Null when it was not sent; an error when it is no amount in plain decimal notation or JSON's.</summary>
    public (decimal? Value, WireError? Error) Decimal(string name)
    {
        if (this[name] is not { } text) return (null, null);
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? (value, null)
            : (null, WireError.Illegal(name));
    }

    /// <summary>Null when it was not sent; an error when it is no whole number.</summary>
    public (long? Value, WireError? Error) Whole(string name)
    {
        if (this[name] is not { } text) return (null, null);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? (value, null) : (null, WireError.Illegal(name));
    }

    private static bool IsIllegal(string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal)) return true;
        if (!value.AsSpan().ContainsAnyInRange('\ud800', '\udfff')) return false;
        for (var at = 0; at < value.Length; at++)
        {
            if (!char.IsSurrogate(value[at])) continue;
            if (at + 1 == value.Length || !char.IsSurrogatePair(value[at], value[at + 1])) return true;
            at++;
        }

        return false;
    }
}
