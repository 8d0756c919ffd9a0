namespace Lastro.Server.BinanceApi.Wire;

/// <summary>Who may call, in Binance's words.</summary>
internal enum WireSecurity
{
    /// <summary>Anybody; a key header is ignored.</summary>
    None,

    /// <summary>A known key, no signature.</summary>
    UserStream,

    /// <summary>A signature by a key that may read.</summary>
    UserData,

    /// <summary>A signature by a key that may trade.</summary>
    Trade,
}

/// <summary>One call of the wire, by REST and, where it has a name, over the WebSocket API.</summary>
/// <param name="Verb">GET, POST, PUT or DELETE.</param>
/// <param name="Path">From the root of the API: <c>/api/v3/order</c>.</param>
/// <param name="Security">Who may call.</param>
/// <param name="Weight">Of the address's weight per minute.</param>
/// <param name="Name">Of the WebSocket API: <c>order.place</c>. Null where it has none.</param>
internal sealed record WireRoute(string Verb, string Path, WireSecurity Security, int Weight, string? Name = null)
{
    /// <summary>Where the weight depends on the parameters.</summary>
    public Func<WireParameters, int>? WeightOf { get; init; }

    /// <summary>How many orders it counts as, of the account's ten seconds and day.</summary>
    public int Orders { get; init; }

    /// <summary>True for a request that is to be made also when its orders are too many; the call is told.</summary>
    public Func<WireParameters, bool>? EvenOverLimit { get; init; }
}
