using Lastro.Core.Markets;

namespace Lastro.Core.Matching;

/// <summary>
/// All resting orders of one pair, each under its own model, as if the other models' orders were not there. Fills of one event come in the order
/// of <see cref="FillModel"/>, then as the model gives them. A trade or quote that reaches nobody costs two comparisons. One thread.
/// </summary>
/// <param name="book">The local book.</param>
/// <param name="offered">What is left of it for our orders.</param>
/// <param name="step">The pair's quantity step, asked at each event that fills.</param>
public sealed class RestingDesk(OrderBook book, OfferedBook offered, Func<decimal> step)
{
    private readonly IFillModel?[] _models = new IFillModel?[FillModels.Count];
    private readonly Dictionary<long, FillModel> _modelOf = [];
    private decimal _highestBuy;
    private decimal _lowestSell = decimal.MaxValue;

    /// <summary>Orders resting.</summary>
    public int Count => _modelOf.Count;

    /// <summary>Takes an order in; an id that is already there throws.</summary>
    public void Add(in RestingOrder order, FillModel model)
    {
        _modelOf.Add(order.Id, model);
        (_models[(int)model] ??= Make(model)).Add(order);
        Refresh();
    }

    /// <summary>Takes an order out; false when it is not there.</summary>
    public bool Remove(long id)
    {
        if (!_modelOf.Remove(id, out var model)) return false;
        _ = _models[(int)model]!.Remove(id);
        Refresh();
        return true;
    }

    /// <summary>True when it rests here.</summary>
    public bool Has(long id) => _modelOf.ContainsKey(id);

    /// <summary>Makes an order smaller; it keeps its place. False when it is not there; throws when <paramref name="left"/> is not smaller and positive.</summary>
    public bool Reduce(long id, decimal left) => _modelOf.TryGetValue(id, out var model) && _models[(int)model]!.Reduce(id, left);

    /// <summary>A trade printed; fills are appended.</summary>
    public void OnTrade(in MarketTrade trade, List<RestingFill> fills)
    {
        if (trade.Price.Value > _highestBuy && trade.Price.Value < _lowestSell) return;
        var first = fills.Count;
        foreach (var model in _models)
        {
            if (model?.Count > 0) model.OnTrade(trade, fills);
        }

        Settle(fills, first);
    }

    /// <summary>The best quotes moved; fills are appended.</summary>
    public void OnTop(in BookTop top, List<RestingFill> fills)
    {
        if (top.Ask.Value > _highestBuy && top.Bid.Value < _lowestSell) return;
        var first = fills.Count;
        foreach (var model in _models)
        {
            if (model?.Count > 0) model.OnTop(top, fills);
        }

        Settle(fills, first);
    }

    /// <summary>The local book changed, and it and its offered view know it; fills are appended.</summary>
    /// <param name="depth">What changed.</param>
    /// <param name="fills">Where fills go.</param>
    /// <param name="late">As <see cref="IFillModel.OnDepth"/> says.</param>
    public void OnDepth(Depth depth, List<RestingFill> fills, bool late = false)
    {
        if (_modelOf.Count == 0) return;
        var first = fills.Count;
        foreach (var model in _models)
        {
            if (model?.Count > 0) model.OnDepth(depth, fills, late);
        }

        Settle(fills, first);
    }

    private IFillModel Make(FillModel model) => model switch
    {
        FillModel.Touch => new PriceModel(touch: true, book, offered),
        FillModel.Through => new PriceModel(touch: false, book, offered),
        FillModel.Queue => new QueueModel(crosses: false, book, offered, step),
        FillModel.Book => new QueueModel(crosses: true, book, offered, step),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "There is no such model."),
    };

    private void Settle(List<RestingFill> fills, int first)
    {
        if (fills.Count == first) return;
        for (var index = first; index < fills.Count; index++)
        {
            if (fills[index].Left == 0m) _ = _modelOf.Remove(fills[index].Id);
        }

        Refresh();
    }

    private void Refresh()
    {
        (_highestBuy, _lowestSell) = (0m, decimal.MaxValue);
        foreach (var model in _models)
        {
            if (model is null) continue;
            _highestBuy = Math.Max(_highestBuy, model.HighestBuy);
            _lowestSell = Math.Min(_lowestSell, model.LowestSell);
        }
    }
}
