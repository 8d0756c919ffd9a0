using System.Net;

namespace Lastro.Server.ApiKeys;

/// <summary>What other rooms may ask about API keys. Answers come from memory; a revoked key is unknown at once, here and on other nodes within a second.</summary>
internal abstract class ApiKeyDesk
{
    /// <summary>
    /// The key as sent, from this address; null when there is none, it is revoked, has expired, or does not allow the address.
    /// Notes its use.
    /// </summary>
    public abstract ValueTask<KnownKey?> Find(string key, IPAddress? from, CancellationToken cancellation);

    /// <summary>Is this the key's signature over these bytes? HMAC-SHA256 in hex of either case, Ed25519 in base64.</summary>
    public abstract ValueTask<bool> Signed(KnownKey key, ReadOnlyMemory<byte> payload, string signature, CancellationToken cancellation);

    /// <summary>Is it still in force? For sockets that were opened with it.</summary>
    public abstract bool InForce(KnownKey key);
}
