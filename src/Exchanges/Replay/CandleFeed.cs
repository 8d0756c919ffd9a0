using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Replay;

/// <summary>Candle rows as trades, ids rising by one from 1.</summary>
internal sealed class CandleFeed(IEnumerable<CandleRow> rows, DigitGrid grid) : ReplayFeed
{
    private readonly IEnumerator<CandleRow> _rows = rows.GetEnumerator();
    private CandlePath _path;
    private int _next;
    private long _id;
    private MarketTrade _trade;

    public override (long TradeId, long UpdateId) IdsPlayed => (_id, 0);

    public override bool Next()
    {
        if (_next == _path.Count)
        {
            if (!_rows.MoveNext())
                return false;
            _path = new CandlePath(_rows.Current.Candle, _rows.Current.EndMs, grid);
            _next = 0;
        }

        _trade = _path.At(_next++, ++_id);
        TimeMs = _trade.TimeMs;
        return true;
    }

    public override ValueTask Deliver(ISymbolSink sink, ReplayShift shift) => sink.Trade(shift == default
        ? _trade
        : _trade with { Id = _trade.Id + shift.TradeId, TimeMs = _trade.TimeMs + shift.TimeMs });

    public override void Dispose() => _rows.Dispose();
}
