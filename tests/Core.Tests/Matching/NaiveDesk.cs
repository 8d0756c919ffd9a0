using System.Numerics;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Tests.Orders;

namespace Lastro.Core.Tests.Matching;

/// <summary>
/// The twin: docs/decisions/0008-fill-models.md put down sentence by sentence over flat lists, with its own book and its own memory of what was
/// taken. Sizes are whole numbers (see <see cref="BigAmount"/>). Slow on purpose.
/// </summary>
internal sealed class NaiveDesk(decimal step)
{
    private readonly BigInteger _step = BigAmount.Of(step);
    private readonly List<NaiveOrder> _orders = [];
    private readonly NaiveShownBook _book = new();
    private readonly Dictionary<(FillModel Model, Side Side, decimal Price), NaiveNotes> _notes = [];

    /// <summary>Situations that came up.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    public IEnumerable<long> Ids => _orders.Select(order => order.Id);

    public int Count => _orders.Count;

    public bool Ready { get; private set; }

    public void Add(RestingOrder order, FillModel model)
    {
        var entered = new NaiveOrder { Id = order.Id, Side = order.Side, Limit = order.Limit.Value, Left = BigAmount.Of(order.Left), Model = model };
        if (model >= FillModel.Queue && Ready) Place(entered);
        _orders.Add(entered);
    }

    public bool Remove(long id)
    {
        var found = _orders.RemoveAll(order => order.Id == id) == 1;
        Tidy();
        return found;
    }

    public decimal? LeftOf(long id) => _orders.Where(order => order.Id == id).Select(order => (decimal?)Number(order.Left)).SingleOrDefault();

    public void Reduce(long id, decimal left) => _orders.Single(order => order.Id == id).Left = BigAmount.Of(left);

    public void Took(Side taker, decimal price, decimal quantity) => _book.Took(taker, price, quantity);

    public List<(long, decimal, decimal, decimal)> Trade(MarketTrade trade)
    {
        var fills = new List<(long, decimal, decimal, decimal)>();
        foreach (var model in Enum.GetValues<FillModel>())
        {
            if (model >= FillModel.Queue) TradeInQueue(model, trade, fills);
            Whole(model, Side.Buy, trade.Price.Value, fills);
            Whole(model, Side.Sell, trade.Price.Value, fills);
        }

        return Done(fills);
    }

    public List<(long, decimal, decimal, decimal)> Top(BookTop top)
    {
        var fills = new List<(long, decimal, decimal, decimal)>();
        var sold = Spent(Side.Sell, top.Ask.Value, top.AskQuantity.Value);
        var bought = Spent(Side.Buy, top.Bid.Value, top.BidQuantity.Value);
        foreach (var model in Enum.GetValues<FillModel>())
        {
            if (!sold) Whole(model, Side.Buy, top.Ask.Value, fills);
            if (!bought) Whole(model, Side.Sell, top.Bid.Value, fills);
        }

        return Done(fills);
    }

    public List<(long, decimal, decimal, decimal)> Depth(Depth depth)
    {
        _book.Apply(depth);
        Ready |= depth.Snapshot;
        var fills = new List<(long, decimal, decimal, decimal)>();
        if (!Ready) return fills;
        foreach (var (key, notes) in _notes)
        {
            if (depth.Snapshot) Show(key, notes, _book.SizeAt(key.Side, key.Price), depth.TimeMs);
            else if ((key.Side == Side.Buy ? depth.Bids : depth.Asks).Any(level => level.Price.Value == key.Price))
                Show(key, notes, _book.Sizes.GetValueOrDefault((key.Side, key.Price)), depth.TimeMs);
        }

        foreach (var order in _orders.Where(order => order.Model >= FillModel.Queue && !order.Placed)) Place(order);
        foreach (var model in Enum.GetValues<FillModel>())
        {
            foreach (var side in new[] { Side.Buy, Side.Sell })
            {
                if (model == FillModel.Book) Cross(side, fills);
                else if (_book.Offered(NaiveShownBook.Other(side)).Select(level => (decimal?)level.Price).FirstOrDefault() is { } best) Whole(model, side, best, fills);
            }
        }

        return Done(fills);
    }

    /// <summary>The sizes stay in mind: what was taken of a level is compared with the next picture of it.</summary>
    public void LoseBook() => Ready = false;

    private static decimal Number(BigInteger value) => (decimal)(value / BigInteger.Pow(10, 28)) / 1_000_000_000_000m;

    /// <summary>Rounded up to 12 places.</summary>
    private static BigInteger Share(BigInteger amount, BigInteger part, BigInteger whole) =>
        BigAmount.CeilingTo((amount * part + whole - 1) / whole, BigInteger.Pow(10, BigAmount.Places - 12));

    private void TradeInQueue(FillModel model, MarketTrade trade, List<(long, decimal, decimal, decimal)> fills)
    {
        var (traded, price) = (BigAmount.Of(trade.Quantity.Value), trade.Price.Value);
        var rest = traded;
        foreach (var side in trade.BuyerIsMaker ? new[] { Side.Buy, Side.Sell } : [Side.Sell, Side.Buy])
        {
            var reached = Best(_orders.Where(order => order.Model == model && order.Placed && order.Side == side && NaiveShownBook.Beyond(side, order.Limit, price) >= 0));
            foreach (var order in reached.Where(order => order.Limit != price))
            {
                (order.Ahead, order.Slack) = (0, 0);
                _notes[(model, side, order.Limit)].Debt = 0;
            }

            if (_notes.TryGetValue((model, side, price), out var notes))
            {
                var late = trade.TimeMs <= notes.DebtMs ? BigInteger.Min(traded, notes.Debt) : 0;
                foreach (var order in reached.Where(order => order.Limit == price))
                {
                    var back = late == 0 ? 0 : BigInteger.Min(order.Slack, Share(order.Slack, late, notes.Debt));
                    if (back > 0) Note("given back");
                    if (order.Ahead is not null) order.Ahead += back;
                    order.Slack = late == 0 && notes.Debt > 0 ? 0 : order.Slack - back;
                }

                notes.Debt = late == 0 ? 0 : notes.Debt - late;
                notes.Volumes.Add((traded - late, 0));
            }

            var filled = 0;
            foreach (var order in reached)
            {
                if (order.Ahead is not { } ahead)
                {
                    Note("unknown place");
                    continue;
                }

                var passes = BigInteger.Min(ahead, rest);
                order.Ahead = ahead - passes;
                var share = BigAmount.FloorTo(BigInteger.Min(order.Left, rest - passes), _step);
                rest -= share;
                if (share == 0) continue;
                if (++filled == 2) Note("one trade, several orders");
                if (order.Limit == price) Note("behind a queue");
                else Note("beyond");
                Give(order, share, fills);
            }

            if (filled > 0 && side != (trade.BuyerIsMaker ? Side.Buy : Side.Sell)) Note("other side");
        }
    }

    private void Show((FillModel Model, Side Side, decimal Price) key, NaiveNotes notes, BigInteger? size, long timeMs)
    {
        var there = _orders.Where(order => order.Placed && order.Model == key.Model && order.Side == key.Side && order.Limit == key.Price).ToList();
        if (size is { } shown)
        {
            if (notes.Displayed is { } before && before > shown)
            {
                var fall = before - shown;
                for (var index = 0; index < notes.Volumes.Count; index++)
                {
                    var (volume, age) = notes.Volumes[index];
                    var explained = BigInteger.Min(volume, fall);
                    if (explained > 0) Note("explained");
                    notes.Volumes[index] = (volume - explained, age);
                    fall -= explained;
                }

                foreach (var order in there.Where(_ => fall > 0))
                {
                    var ahead = BigInteger.Min(order.Ahead!.Value, shown + fall);
                    order.Ahead = Share(ahead, shown, shown + fall);
                    order.Slack += ahead - order.Ahead.Value;
                    if (order.Ahead > 0) Note("in proportion");
                }

                if (fall > 0) (notes.Debt, notes.DebtMs) = (notes.Debt + fall, timeMs);
            }

            foreach (var order in there)
            {
                if (order.Ahead is null) Note("place found later");
                order.Ahead = BigInteger.Min(order.Ahead ?? shown, shown);
            }
        }

        notes.Displayed = size;
        notes.Volumes = [.. notes.Volumes.Where(volume => volume.Age == 0).Select(volume => (volume.Left, 1))];
    }

    private void Cross(Side side, List<(long, decimal, decimal, decimal)> fills)
    {
        foreach (var order in Best(_orders.Where(order => order.Model == FillModel.Book && order.Side == side)))
        {
            var levels = 0;
            foreach (var (price, left) in _book.Offered(NaiveShownBook.Other(side)))
            {
                if (NaiveShownBook.Beyond(side, order.Limit, price) < 0) break;
                var share = BigAmount.FloorTo(BigInteger.Min(order.Left, left), _step);
                if (share == 0) continue;
                if (++levels == 2) Note("crossed levels");
                Note("crossed");
                Took(side, price, Number(share));
                Give(order, share, fills);
            }
        }
    }

    private void Whole(FillModel model, Side side, decimal price, List<(long, decimal, decimal, decimal)> fills)
    {
        var need = model == FillModel.Touch ? 0 : 1;
        foreach (var order in Best(_orders.Where(order => order.Model == model && !order.Placed && order.Side == side && NaiveShownBook.Beyond(side, order.Limit, price) >= need)))
        {
            Note(model >= FillModel.Queue ? "without a book" : $"{model} {(need == 0 && order.Limit == price ? "at" : "beyond")}");
            Give(order, order.Left, fills);
        }
    }

    private void Give(NaiveOrder order, BigInteger share, List<(long, decimal, decimal, decimal)> fills)
    {
        order.Left -= share;
        if (order.Left > 0) Note("partial");
        fills.Add((order.Id, order.Limit, Number(share), Number(order.Left)));
    }

    private void Place(NaiveOrder order)
    {
        var key = (order.Model, order.Side, order.Limit);
        if (!_notes.TryGetValue(key, out var notes)) _notes[key] = notes = new NaiveNotes { Displayed = _book.SizeAt(order.Side, order.Limit) };
        (order.Placed, order.Ahead) = (true, notes.Displayed);
    }

    private List<NaiveOrder> Best(IEnumerable<NaiveOrder> orders) => [.. orders.Where(order => order.Left > 0).OrderBy(order => order.Side == Side.Buy ? -order.Limit : order.Limit)];

    private bool Spent(Side shown, decimal price, decimal size)
    {
        var spent = _book.Spent(shown, price, size);
        if (spent) Note("spent quote");
        return spent;
    }

    private List<(long, decimal, decimal, decimal)> Done(List<(long, decimal, decimal, decimal)> fills)
    {
        _orders.RemoveAll(order => order.Left == 0);
        Tidy();
        return fills;
    }

    /// <summary>What was noted of a level goes with its last order.</summary>
    private void Tidy()
    {
        foreach (var key in _notes.Keys.Where(key => !_orders.Any(order => order.Placed && (order.Model, order.Side, order.Limit) == key)).ToList()) _notes.Remove(key);
    }

    private void Note(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;
}
