using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The wall clock, which timestamps of requests are measured by; not the market's time, which in a replay is another.</summary>
internal sealed class ServerTime(TimeProvider time) : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/api/v3/time", WireSecurity.None, 1, "time");

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        output.WriteStartObject();
        output.WriteNumber("serverTime"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
        output.WriteEndObject();
        return default;
    }
}
