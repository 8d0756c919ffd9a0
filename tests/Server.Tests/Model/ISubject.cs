using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>What is measured against the model: the rules in memory, or the same rules with the server's tables around them.</summary>
internal interface ISubject
{
    ValueTask<IReadOnlyList<Placed>> Place(IReadOnlyList<PlaceCommand> batch);

    /// <summary>Which decisions counted; null where that cannot be told.</summary>
    ValueTask<IReadOnlyList<bool>?> Decide(IReadOnlyList<Decision> decisions);

    ValueTask<bool> Cancel(OrderRow order);

    /// <summary>Ends all open orders of an account, on one pair or all.</summary>
    ValueTask CancelAll(Guid account, string? symbol);

    ValueTask<bool> Amend(OrderRow amended, Money need);

    ValueTask Pause(OrderRow order, bool pause);

    ValueTask<bool> Retry(OrderRow order, Money need);

    ValueTask Reset(Guid account, decimal grant);

    ValueTask<OrderRow> Row(long id);

    ValueTask<(decimal Available, decimal Held)> Balance(Guid account, string asset);

    /// <summary>A house account's balance; null where it is not kept.</summary>
    decimal? House(string house, string asset);

    /// <summary>The model no longer asks for this order.</summary>
    void Forget(long id);
}

/// <summary>What a run is about.</summary>
internal sealed record ModelWorld
{
    public required FeeRates Fees { get; init; }

    public required IReadOnlyList<Instrument> Pairs { get; init; }

    /// <summary>Accounts and their owners.</summary>
    public required IReadOnlyList<(Guid Account, Guid User)> Accounts { get; init; }

    /// <summary>What a season begins with, of the first pair's quote.</summary>
    public required decimal Grant { get; init; }

    public Instrument Pair(string symbol) => Pairs.First(pair => pair.Symbol.Value == symbol);
}
