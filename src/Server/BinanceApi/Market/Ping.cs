using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>Says nothing, which says that somebody is there.</summary>
internal sealed class Ping : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/ping", WireSecurity.None, 1, "ping");

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        output.WriteStartObject();
        output.WriteEndObject();
        return default;
    }
}
