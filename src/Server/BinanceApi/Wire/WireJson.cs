using System.Globalization;
using System.Text.Json;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>Values as Binance writes them.</summary>
internal static class WireJson
{
    /// <summary>With eight decimals, cut, never rounded up: <c>0.00100000</c>.</summary>
    public static string Amount(decimal value) => decimal.Round(value, 8, MidpointRounding.ToZero).ToString("0.00000000", CultureInfo.InvariantCulture);

    public static void WriteAmount(this Utf8JsonWriter output, string name, decimal value)
    {
        output.WritePropertyName(name);
        output.WriteAmountValue(value);
    }

    public static void WriteAmountValue(this Utf8JsonWriter output, decimal value)
    {
        Span<byte> text = stackalloc byte[48];
        decimal.Round(value, 8, MidpointRounding.ToZero).TryFormat(text, out var length, "0.00000000", CultureInfo.InvariantCulture);
        output.WriteStringValue(text[..length]);
    }
}
