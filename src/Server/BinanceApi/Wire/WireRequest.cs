using System.Net;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>A request as a transport hands it over, before anything is checked.</summary>
/// <param name="Parameters">Decoded, without the signature.</param>
/// <param name="Payload">The bytes a signature must be of: raw query and raw body as received without the signature, or the sorted parameters of the WebSocket API.</param>
/// <param name="Signature">As sent; null for none.</param>
/// <param name="Key">The API key as sent; null for none.</param>
/// <param name="From">Whose weight it uses.</param>
internal sealed record WireRequest(WireParameters Parameters, ReadOnlyMemory<byte> Payload, string? Signature, string? Key, IPAddress? From)
{
    /// <summary>Who logged on to this socket, for requests without key and signature; null elsewhere.</summary>
    public ApiKeys.KnownKey? LoggedOn { get; init; }
}
