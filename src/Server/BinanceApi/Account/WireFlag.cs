using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>A yes or no, as clients write it.</summary>
internal static class WireFlag
{
    /// <summary>Null when it is neither, or not there.</summary>
    public static bool? Read(string? text) => text?.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}

/// <summary>Rates of commission, as several answers have them.</summary>
internal static class CommissionRates
{
    public static void WriteRates(this Utf8JsonWriter json, decimal maker, decimal taker)
    {
        json.WriteStartObject();
        json.WriteAmount("maker", maker);
        json.WriteAmount("taker", taker);
        json.WriteAmount("buyer", 0m);
        json.WriteAmount("seller", 0m);
        json.WriteEndObject();
    }
}
