using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Demo;

/// <summary>Delivers one pair's trades, quotes and book as time passes.</summary>
internal sealed class DemoTape(DemoPath path, ISymbolSink sink, long startMs)
{
    private const long MinuteMs = 60_000;

    /// <summary>The book follows trades at once, and moves on its own this often.</summary>
    private const long BookEveryMs = 500;

    private readonly List<MarketTrade> _trades = [];
    private readonly DemoBook _book = new(path.Pair, path.Noise, firstUpdateId: startMs);
    private long _minute = long.MinValue;
    private int _next;
    private MarketTrade _last;
    private long _bookMs;

    /// <summary>
    /// Delivers what happened up to now. The first time it begins with the last trade of the minute before, so that the running
    /// minute is whole.
    /// </summary>
    public async ValueTask Advance(long nowMs)
    {
        if (_minute == long.MinValue)
        {
            Open((nowMs / MinuteMs) - 1);
            _next = _trades.Count - 1;
        }

        var traded = false;
        while (Due(nowMs))
        {
            _last = _trades[_next++];
            traded = true;
            await sink.Trade(_last);
        }

        if (!traded && nowMs - _bookMs < BookEveryMs)
            return;
        _bookMs = nowMs;
        if (_book.Move(_last, nowMs) is not { } depth)
            return;
        await sink.Depth(depth);
        await sink.Top(_book.Top);
    }

    private bool Due(long nowMs)
    {
        if (_next == _trades.Count)
        {
            if (nowMs / MinuteMs <= _minute)
                return false;
            Open(_minute + 1);
        }

        return _trades[_next].TimeMs <= nowMs;
    }

    private void Open(long minute)
    {
        DemoMinute.Trades(path, minute, _trades);
        (_minute, _next) = (minute, 0);
    }
}
