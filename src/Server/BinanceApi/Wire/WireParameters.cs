using System.Globalization;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>The parameters of a call by name, as text. An array of the WebSocket API is its JSON text, as REST clients send it.</summary>
internal sealed class WireParameters
{
    private readonly List<(string Name, string Value)> _all = [];

    /// <summary>In the order they came.</summary>
    public IReadOnlyList<(string Name, string Value)> All => _all;

    public void Add(string name, string value) => _all.Add((name, value));

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
}
