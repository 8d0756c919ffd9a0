using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>Futures markets without a contract, for clients that ask all of Binance's markets what they trade.</summary>
internal abstract class NoContracts(string path, string kind, TimeProvider time) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", path, WireSecurity.None, 1);

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        output.WriteStartObject();
        output.WriteString("timezone", "UTC");
        output.WriteNumber("serverTime", time.GetUtcNow().ToUnixTimeMilliseconds());
        output.WriteString("futuresType", kind);
        foreach (var name in (ReadOnlySpan<string>)["rateLimits", "exchangeFilters", "assets", "symbols"])
        {
            output.WriteStartArray(name);
            output.WriteEndArray();
        }

        output.WriteEndObject();
        return ValueTask.FromResult<WireError?>(null);
    }
}

/// <summary>Contracts paid in a stable coin.</summary>
internal sealed class ShowFapiInfo(TimeProvider time) : NoContracts("/fapi/v1/exchangeInfo", "U_MARGINED", time);

/// <summary>Contracts paid in the coin.</summary>
internal sealed class ShowDapiInfo(TimeProvider time) : NoContracts("/dapi/v1/exchangeInfo", "COIN_MARGINED", time);
