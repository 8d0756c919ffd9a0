using System.Text.Json;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>Calls about what does not happen here: their answer is an empty list.</summary>
internal abstract class EmptyList(WireRoute route) : IWireVerb
{
    public WireRoute Route => route;

    public virtual ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation)
    {
        output.WriteStartArray();
        output.WriteEndArray();
        return ValueTask.FromResult<WireError?>(null);
    }
}

/// <summary>Likewise, about one pair.</summary>
internal abstract class EmptyListOfPair(WireRoute route, MarketsRoom markets) : EmptyList(route)
{
    public override ValueTask<WireError?> Handle(WireCall call, Utf8JsonWriter output, CancellationToken cancellation) =>
        PairQuery.One(call.Parameters, markets) is { Pair: null, Error: { } error } ? ValueTask.FromResult<WireError?>(error) : base.Handle(call, output, cancellation);
}

/// <summary>Nobody trades with himself here: there is no book of users against users.</summary>
internal sealed class ListPreventedMatches(MarketsRoom markets) : EmptyListOfPair(
    new WireRoute("GET", "/api/v3/myPreventedMatches", WireSecurity.UserData, 20, "myPreventedMatches")
    {
        WeightOf = parameters => parameters["orderId"] is null ? 2 : 20,
    }, markets);

/// <summary>There is no smart order routing.</summary>
internal sealed class ListAllocations(MarketsRoom markets) : EmptyListOfPair(new WireRoute("GET", "/api/v3/myAllocations", WireSecurity.UserData, 20, "myAllocations"), markets);

/// <summary>There is no margin trading.</summary>
internal sealed class ListMarginPairs() : EmptyList(new WireRoute("GET", "/sapi/v1/margin/allPairs", WireSecurity.None, 1));

/// <summary>There is no margin trading.</summary>
internal sealed class ListIsolatedPairs() : EmptyList(new WireRoute("GET", "/sapi/v1/margin/isolated/allPairs", WireSecurity.None, 10));
