using System.Text.Json;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>
/// One call of the wire, whichever way it came. It writes exactly one JSON value, or nothing and gives the error. Registered as a singleton
/// under this interface; REST and the WebSocket API find it there.
/// </summary>
internal interface IWireVerb
{
    WireRoute Route { get; }

    ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation);
}

/// <summary>A request whose signature, key and limits have been checked.</summary>
/// <param name="Parameters">As sent, decoded, without the signature.</param>
/// <param name="Key">Who asks; null on public calls.</param>
internal sealed record WireCall(WireParameters Parameters, ApiKeys.KnownKey? Key)
{
    /// <summary>Its orders are too many, and were not counted; null where they were.</summary>
    public WireError? OverLimit { get; init; }

    /// <summary>From where; null where the transport does not know.</summary>
    public System.Net.IPAddress? From { get; init; }

    /// <summary>Who asks. Only for calls whose route asks for a key.</summary>
    public ApiKeys.KnownKey Caller => Key ?? throw new InvalidOperationException("A public call has no caller.");
}
