using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;

namespace Lastro.Exchanges.Replay;

/// <summary>A recorded Binance stream. Read through once to check every line and to know its minutes, then streamed.</summary>
internal sealed class StreamTrack : IReplayTrack
{
    private readonly string _path;
    private readonly List<Candle> _minutes = [];

    public StreamTrack(string path, Symbol? only)
    {
        _path = path;
        var grid = new DigitGrid();
        var builder = new CandleBuilder();
        var ended = new List<EndedCandle>();
        using var messages = new StreamMessages(path, only);
        var any = false;
        while (messages.Next())
        {
            FromMs = any ? FromMs : messages.ClockMs;
            any = true;
            if (messages.Kind != MessageKind.Trade)
                continue;
            grid.SeePrice(messages.Trade.Price.Value);
            grid.SeeQuantity(messages.Trade.Quantity.Value);
            builder.Add(messages.Trade, ended);
            foreach (var minute in ended)
            {
                if (minute.Complete)
                    _minutes.Add(minute.Candle);
            }

            ended.Clear();
        }

        if (!any || messages.Symbol is not { } symbol)
            throw new InvalidDataException($"{path} holds no trade, quote or book message{(only is null ? "" : $" of {only}")}.");
        ToMs = messages.ClockMs + 1;
        Instrument = ReplayInstruments.Of(symbol, grid);
    }

    public Instrument Instrument { get; }

    public long FromMs { get; }

    public long ToMs { get; }

    public long StepMs => Timeframe.Minute.LengthMs;

    public bool HasBook => true;

    public ReplayFeed Play(long fromMs) => new StreamFeed(new StreamMessages(_path, Instrument.Symbol), fromMs);

    public IReadOnlyList<Candle> Candles(Timeframe timeframe, long fromMs, long toMs, int limit) =>
    [
        .. CandleRollup.Of(_minutes.TakeWhile(minute => minute.OpenTimeMs + Timeframe.Minute.LengthMs <= toMs), timeframe)
            .Where(span => span.Complete && span.Candle.OpenTimeMs >= fromMs)
            .Select(span => span.Candle)
            .TakeLast(limit),
    ];
}
