using System.Collections.Frozen;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.SocketApi;

/// <summary>Every call that has a name of the WebSocket API.</summary>
internal sealed class ApiVerbs(IEnumerable<IWireVerb> verbs)
{
    private readonly FrozenDictionary<string, IWireVerb> _byName =
        verbs.Where(verb => verb.Route.Name is not null).ToFrozenDictionary(verb => verb.Route.Name!, StringComparer.Ordinal);

    public IWireVerb? Find(string name) => _byName.GetValueOrDefault(name);
}
