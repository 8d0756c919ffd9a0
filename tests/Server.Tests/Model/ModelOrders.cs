using Lastro.Server.Orders;

namespace Lastro.Server.Tests.Model;

/// <summary>The orders a run knows: open ones by account, and the last that ended.</summary>
internal sealed class ModelOrders(int remembered)
{
    private readonly Dictionary<Guid, List<ModelOrder>> _open = [];
    private readonly List<ModelOrder> _ended = [];
    private readonly Dictionary<(Guid Account, string Key), ModelOrder> _keys = [];

    public IEnumerable<ModelOrder> All => _open.Values.SelectMany(open => open).Concat(_ended);

    public IReadOnlyList<ModelOrder> Ended => _ended;

    /// <summary>The order of a key, also one of this operation.</summary>
    public ModelOrder? Keyed(Guid account, string key, IEnumerable<ModelOrder> touched) =>
        _keys.GetValueOrDefault((account, key)) ?? touched.FirstOrDefault(order => order.Account == account && order.Key == key);

    public List<ModelOrder> Open(Guid account) => _open.TryGetValue(account, out var open) ? open : _open[account] = [];

    /// <summary>Moves orders to where they belong now; gives those that are forgotten from here on.</summary>
    public IReadOnlyList<ModelOrder> Follow(IEnumerable<ModelOrder> touched)
    {
        foreach (var order in touched)
        {
            var open = Open(order.Account);
            _keys[(order.Account, order.Key)] = order;
            if (order.IsOpen)
            {
                if (!open.Contains(order)) open.Add(order);
                _ = _ended.Remove(order);
            }
            else if (open.Remove(order) || !_ended.Contains(order))
            {
                _ended.Add(order);
            }
        }

        if (_ended.Count < remembered + 60) return [];

        // A list is forgotten as a whole.
        var held = _open.Values.SelectMany(open => open).Where(order => order.List is not null).Select(order => order.List!.Value).ToHashSet();
        var lists = _ended.Skip(60).Where(order => order.List is not null).Select(order => order.List!.Value).ToHashSet();
        var gone = _ended.Take(60).Where(order => order.List is not { } list || (!held.Contains(list) && !lists.Contains(list))).ToList();
        foreach (var order in gone)
        {
            _ = _ended.Remove(order);
            _ = _keys.Remove((order.Account, order.Key));
        }

        return gone;
    }

    /// <summary>Throws where an order is not what the model says, to the last digit.</summary>
    public static void Same(ModelOrder order, OrderRow row)
    {
        var same = row.StatusWord == order.Status && row.Reason == order.Reason && row.Revision == order.Revision && row.Fills == order.Fills
            && Units.Of(row.Held) == order.Held && Units.Of(row.HoldAmount) == order.HoldAmount && (row.HoldAsset == order.HoldAsset || order.HoldAmount.IsZero)
            && Units.Of(row.FilledQuantity) == order.Filled && Units.Of(row.FilledQuote) == order.FilledQuote && Units.Of(row.Fee) == order.Fee
            && Units.Of(row.Quantity) == order.Quantity && Units.Of(row.QuoteQuantity) == order.QuoteQuantity && Units.Of(row.Price) == order.Price
            && Units.Of(row.TriggerPrice) == order.Trigger && row.TrailingDelta == order.Trailing && row.AccountId == order.Account && row.ListId == order.List && row.LegWord == order.Leg;
        if (!same) throw new ModelException($"The model has {order}, reason {order.Reason}, hold amount {order.HoldAmount}, fee {order.Fee}\nand the row is {row}");
    }
}
