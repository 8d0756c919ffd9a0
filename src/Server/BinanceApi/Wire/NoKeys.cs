using System.Net;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>Knows no key. Stands in where no room keeps any.</summary>
internal sealed class NoKeys : ApiKeys.ApiKeyDesk
{
    public override ValueTask<ApiKeys.KnownKey?> Find(string key, IPAddress? from, CancellationToken cancellation) => default;

    public override ValueTask<bool> Signed(ApiKeys.KnownKey key, ReadOnlyMemory<byte> payload, string signature, CancellationToken cancellation) => default;

    public override bool InForce(ApiKeys.KnownKey key) => false;
}
