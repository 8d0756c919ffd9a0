using System.Numerics;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Tests.Orders;

namespace Lastro.Core.Tests.Matching;

/// <summary>The twin's own book, and what our orders took of it.</summary>
internal sealed class NaiveShownBook
{
    private readonly Dictionary<(Side Side, decimal Price), BigInteger> _taken = [];
    private readonly Dictionary<Side, decimal?> _edge = new() { [Side.Buy] = null, [Side.Sell] = null };

    public Dictionary<(Side Side, decimal Price), BigInteger> Sizes { get; } = [];

    public static Side Other(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    /// <summary>Above zero when a buy at this limit is worse off than the price, that is when the price is beyond the limit; mirrored for a sell.</summary>
    public static int Beyond(Side side, decimal limit, decimal price) => side == Side.Buy ? limit.CompareTo(price) : price.CompareTo(limit);

    public void Took(Side taker, decimal price, decimal quantity) =>
        _taken[(Other(taker), price)] = _taken.GetValueOrDefault((Other(taker), price)) + BigAmount.Of(quantity);

    public void Apply(Depth depth)
    {
        var before = new Dictionary<(Side, decimal), BigInteger>(Sizes);
        if (depth.Snapshot) Sizes.Clear();
        foreach (var (side, levels) in new[] { (Side.Buy, depth.Bids), (Side.Sell, depth.Asks) })
        {
            foreach (var level in levels)
            {
                Sizes[(side, level.Price.Value)] = BigAmount.Of(level.Quantity.Value);
                if (level.Quantity.Value == 0m) Sizes.Remove((side, level.Price.Value));
            }

            if (!depth.Snapshot) continue;
            var prices = Sizes.Keys.Where(key => key.Side == side).Select(key => key.Price).ToList();
            _edge[side] = prices.Count == 0 ? null : side == Side.Buy ? prices.Min() : prices.Max();
        }

        foreach (var key in _taken.Keys.Where(key => before.GetValueOrDefault(key) != Sizes.GetValueOrDefault(key)).ToList()) _taken.Remove(key);
    }

    public BigInteger? SizeAt(Side side, decimal price)
    {
        if (Sizes.TryGetValue((side, price), out var size)) return size;
        return _edge[side] is { } edge && Beyond(side, price, edge) >= 0 ? BigInteger.Zero : null;
    }

    public IEnumerable<(decimal Price, BigInteger Left)> Offered(Side shown) =>
        from level in Sizes.ToList()
        where level.Key.Side == shown
        orderby shown == Side.Buy ? -level.Key.Price : level.Key.Price
        let left = level.Value - _taken.GetValueOrDefault(level.Key)
        where left > 0
        select (level.Key.Price, left);

    public bool Spent(Side shown, decimal price, decimal size) =>
        _taken.GetValueOrDefault((shown, price)) >= BigAmount.Of(size) && Sizes.GetValueOrDefault((shown, price)) == BigAmount.Of(size);
}

/// <summary>The twin's order.</summary>
internal sealed class NaiveOrder
{
    public required long Id { get; init; }

    public required Side Side { get; init; }

    public required decimal Limit { get; init; }

    public required FillModel Model { get; init; }

    public required BigInteger Left { get; set; }

    public bool Placed { get; set; }

    public BigInteger? Ahead { get; set; }

    public BigInteger Slack { get; set; }
}

/// <summary>What the twin notes of one price.</summary>
internal sealed class NaiveNotes
{
    public BigInteger? Displayed { get; set; }

    public List<(BigInteger Left, int Age)> Volumes { get; set; } = [];

    public BigInteger Debt { get; set; }

    public long DebtMs { get; set; }
}
