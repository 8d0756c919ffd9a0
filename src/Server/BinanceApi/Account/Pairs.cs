using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>The pairs of the source by name.</summary>
internal sealed class Pairs(MarketsRoom markets)
{
    private Known? _known;

    public Instrument? Find(string symbol)
    {
        // The list is one object as long as the source is the same.
        var all = markets.Instruments;
        var known = _known;
        if (known is null || !ReferenceEquals(known.All, all)) _known = known = new Known(all, all.ToDictionary(pair => pair.Symbol.Value, StringComparer.Ordinal));
        return known.ByName.GetValueOrDefault(symbol);
    }

    /// <summary>The pair that the parameter <c>symbol</c> names, or what is wrong with it.</summary>
    public (Instrument? Pair, WireError? Error) Asked(WireParameters parameters)
    {
        if (parameters["symbol"] is not { } symbol) return (null, WireError.Missing("symbol"));
        return Find(symbol) is { } pair ? (pair, null) : (null, WireError.InvalidSymbol);
    }

    private sealed record Known(IReadOnlyList<Instrument> All, Dictionary<string, Instrument> ByName);
}
