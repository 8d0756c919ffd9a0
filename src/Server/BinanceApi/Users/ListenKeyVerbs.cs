using System.Text.Json;
using Lastro.Server.BinanceApi.Wire;
using Microsoft.Extensions.Options;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>What the three calls about listen keys have in common. Where they are switched off they are gone, as Binance's are since February 2026.</summary>
internal abstract class ListenKeyVerb(string verb, string name, IOptions<BinanceApiOptions> options) : IWireVerb
{
    public WireRoute Route { get; } = new(verb, "/api/v3/userDataStream", WireSecurity.UserStream, 2, name);

    public ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation) =>
        ValueTask.FromResult(options.Value.ListenKeys ? Answer(call, output) : new WireError(-1000, "This endpoint has been retired.", 410));

    protected abstract WireError? Answer(WireCall call, Utf8JsonWriter output);

    protected static WireError? Done(bool known, Utf8JsonWriter output)
    {
        if (!known) return new WireError(-1125, "This listenKey does not exist.");
        output.WriteStartObject();
        output.WriteEndObject();
        return null;
    }
}

/// <summary>Asks for the account's name.</summary>
internal sealed class StartListenKey(ListenKeys keys, IOptions<BinanceApiOptions> options) : ListenKeyVerb("POST", "userDataStream.start", options)
{
    protected override WireError? Answer(WireCall call, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        output.WriteString("listenKey", keys.Give(call.Caller));
        output.WriteEndObject();
        return null;
    }
}

/// <summary>Keeps it for another hour.</summary>
internal sealed class PingListenKey(ListenKeys keys, IOptions<BinanceApiOptions> options) : ListenKeyVerb("PUT", "userDataStream.ping", options)
{
    protected override WireError? Answer(WireCall call, Utf8JsonWriter output) =>
        call.Parameters["listenKey"] is { } name ? Done(keys.Keep(name, call.Caller), output) : WireError.Missing("listenKey");
}

/// <summary>Ends it.</summary>
internal sealed class StopListenKey(ListenKeys keys, IOptions<BinanceApiOptions> options) : ListenKeyVerb("DELETE", "userDataStream.stop", options)
{
    protected override WireError? Answer(WireCall call, Utf8JsonWriter output) =>
        call.Parameters["listenKey"] is { } name ? Done(keys.End(name, call.Caller), output) : WireError.Missing("listenKey");
}
