using System.Collections.Concurrent;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Lanes;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Orders;

/// <summary>The orders' place in every lane. Open orders read at the start wait here until their pair's lane opens.</summary>
internal sealed class OrdersStage(OrderMailbox mailbox, IOptions<OrdersOptions> options) : ILaneStage
{
    private readonly ConcurrentDictionary<Symbol, SymbolOrders> _pairs = new();
    private readonly ConcurrentDictionary<Symbol, List<(WorkingOrder Order, long SeenMs)>> _recovered = new();

    public StagePosition Position => StagePosition.Orders;

    /// <summary>Pairs that somebody has an open order of. Any thread.</summary>
    public IEnumerable<Symbol> Wanted => _pairs.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key).Concat(_recovered.Keys);

    public ISymbolStage Open(SymbolLane lane)
    {
        var pair = new SymbolOrders(lane, options.Value, mailbox);
        _pairs[lane.Symbol] = pair;
        if (_recovered.TryRemove(lane.Symbol, out var orders))
        {
            foreach (var (order, seenMs) in orders) pair.Recover(order, seenMs);
        }

        return pair;
    }

    /// <summary>The pair's orders; on its lane's thread only.</summary>
    public SymbolOrders Of(SymbolLane lane) => _pairs[lane.Symbol];

    /// <summary>Keeps an order from before the restart until its pair opens; before the lanes run.</summary>
    /// <param name="symbol">Its pair.</param>
    /// <param name="order">As its row has it.</param>
    /// <param name="seenMs">Market time up to which it has seen events.</param>
    public void Keep(Symbol symbol, WorkingOrder order, long seenMs) => _recovered.GetOrAdd(symbol, _ => []).Add((order, seenMs));
}
