using System.Collections.Frozen;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Lastro.Server.Platform.Http;

/// <summary>Which requests came in at an address that is not the web app's.</summary>
/// <param name="server">Knows what it listens on, also where a port was left open.</param>
/// <param name="count">How many of its addresses, the last ones, stand aside.</param>
internal sealed class SideAddresses(IServer server, int count)
{
    private FrozenSet<int>? _ports;

    /// <summary>These addresses, once the server listens.</summary>
    public IReadOnlyList<string> All => [.. Listening.TakeLast(count)];

    public bool Has(HttpContext context) => count > 0 && (_ports ??= Ports()).Contains(context.Connection.LocalPort);

    private IEnumerable<string> Listening => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    private FrozenSet<int> Ports() => All.Select(address => BindingAddress.Parse(address).Port).ToFrozenSet();
}
