using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.Tests.BinanceApi.Wire;

/// <summary>A call that tells what reached it.</summary>
internal sealed class Probe(WireRoute route) : IWireVerb
{
    /// <summary>What it gives instead, when set.</summary>
    public Func<WireCall, WireError?>? Fails { get; set; }

    public WireRoute Route => route;

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        output.WriteStartObject();
        if (Fails?.Invoke(call) is { } error) return new(error);
        foreach (var (name, value) in call.Parameters.All) output.WriteString(name, value);
        if (call.Key is not null) output.WriteString("account?", call.Key.Account);
        output.WriteEndObject();
        return default;
    }
}
