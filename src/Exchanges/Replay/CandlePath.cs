using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Replay;

/// <summary>
/// The trades a candle is replayed as: open, then low and high (rising candle) or high and low (falling), close, with straight
/// lines between them, one event at least every 5 s, and the volume shared out evenly. Candles built from them equal the source
/// to the last digit. A candle without known volume gives trades of quantity 0, which only show the price.
/// </summary>
internal readonly struct CandlePath
{
    private const long MaxStepMs = 5_000;

    private readonly Candle _candle;
    private readonly long _lastMs;
    private readonly DigitGrid _grid;

    public CandlePath(in Candle candle, long endMs, DigitGrid grid)
    {
        _candle = candle;
        _lastMs = endMs - 1 - candle.OpenTimeMs;
        _grid = grid;
        Count = (int)Math.Max(4, (_lastMs / MaxStepMs) + 2);
    }

    /// <summary>Number of trades.</summary>
    public int Count { get; }

    /// <summary>Trade number <paramref name="index"/> from 0, under the given id.</summary>
    public MarketTrade At(int index, long id)
    {
        var price = PriceAt(index);
        var before = index == 0 ? price : PriceAt(index - 1);
        var quantity = VolumeUpTo(index + 1) - VolumeUpTo(index);
        var sold = price == before ? (id & 1) == 0 : price < before;
        return new MarketTrade(
            id, new Price(price), new Quantity(quantity), _candle.OpenTimeMs + (_lastMs * index / (Count - 1)), BuyerIsMaker: sold);
    }

    private decimal PriceAt(int index)
    {
        var last = Count - 1;
        var (first, second) = (last / 3, last * 2 / 3);
        var rising = _candle.Close >= _candle.Open;
        var (early, late) = rising ? (_candle.Low.Value, _candle.High.Value) : (_candle.High.Value, _candle.Low.Value);
        if (index <= first)
            return Between(_candle.Open.Value, early, index, first);
        return index <= second
            ? Between(early, late, index - first, second - first)
            : Between(late, _candle.Close.Value, index - second, last - second);
    }

    private decimal Between(decimal from, decimal to, int part, int parts)
    {
        if (part == 0 || from == to)
            return from;
        return part == parts ? to : Decimals.FloorTo(from + ((to - from) * part / parts), _grid.PriceStep);
    }

    private decimal VolumeUpTo(int events)
    {
        var volume = _candle.Volume.Value;
        if (volume == 0m || events == 0)
            return 0m;
        return events == Count ? volume : Decimals.FloorTo(volume * events / Count, _grid.QuantityStep);
    }
}
