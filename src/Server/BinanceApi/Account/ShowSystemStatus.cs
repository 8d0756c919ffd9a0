using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>Whoever gets an answer has no maintenance to fear.</summary>
internal sealed class ShowSystemStatus : IWireVerb
{
    public WireRoute Route { get; } = new("GET", "/sapi/v1/system/status", WireSecurity.None, 1);

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        output.WriteStartObject();
        output.WriteNumber("status", 0);
        output.WriteString("msg", "normal");
        output.WriteEndObject();
        return ValueTask.FromResult<WireError?>(null);
    }
}
