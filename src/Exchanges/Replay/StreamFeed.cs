using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Replay;

/// <summary>A recorded stream as events, its book kept in step by the rule of the live connector.</summary>
internal sealed class StreamFeed(StreamMessages messages, long fromMs) : ReplayFeed
{
    private readonly DepthSync _sync = new();
    private readonly Queue<Depth> _depths = new();
    private Event _event;
    private bool _started;
    private Depth? _picture;
    private (long First, long Last) _trades = (-1, -1);
    private (long First, long Last) _updates = (-1, -1);

    private enum Event
    {
        Trade,
        Top,
        Depth,
        BookLost,
    }

    public override (long TradeId, long UpdateId) IdsPlayed => (Span(_trades), Span(_updates));

    public override bool Next()
    {
        if (_picture is not null)
        {
            // A change at hand is in the picture already; a trade or quote comes after it.
            _picture = null;
            _depths.Clear();
            if (_event != Event.Depth)
                return true;
        }

        if (_depths.Count > 0)
            _depths.Dequeue();
        if (_depths.Count > 0)
            return true;
        while (messages.Next())
        {
            if (!Read() || messages.ClockMs < fromMs)
            {
                _depths.Clear();
                continue;
            }

            TimeMs = messages.ClockMs;
            if (!_started)
                _picture = Picture();
            _started = true;
            return true;
        }

        return false;
    }

    public override ValueTask Deliver(ISymbolSink sink, ReplayShift shift)
    {
        if ((_picture ?? (_depths.TryPeek(out var next) ? next : null)) is { } depth)
        {
            See(ref _updates, depth.FinalUpdateId);
            return sink.Depth(shift == default ? depth : Shifted(depth, shift));
        }

        if (_event == Event.BookLost)
            return sink.BookLost();
        if (_event == Event.Trade)
        {
            var trade = messages.Trade;
            See(ref _trades, trade.Id);
            return sink.Trade(trade with { Id = trade.Id + shift.TradeId, TimeMs = trade.TimeMs + shift.TimeMs });
        }

        var top = messages.Top;
        See(ref _updates, top.UpdateId);
        return sink.Top(top with { UpdateId = top.UpdateId + shift.UpdateId, TimeMs = top.TimeMs + shift.TimeMs });
    }

    public override void Dispose() => messages.Dispose();

    /// <summary>At the first event: the whole book, when it was built from what lies before the start.</summary>
    private Depth? Picture() => !_sync.Synced || (_depths.TryPeek(out var next) && next.Snapshot)
        ? null
        : _sync.Book.Picture() with { TimeMs = TimeMs };

    /// <summary>Takes the message at hand; false when it gives no event.</summary>
    private bool Read()
    {
        _event = messages.Kind switch
        {
            MessageKind.Trade => Event.Trade,
            MessageKind.BookTop => Event.Top,
            _ => Event.Depth,
        };
        if (_event != Event.Depth)
            return true;
        if (messages.Kind == MessageKind.DepthSnapshot)
        {
            if (_sync.Synced || _sync.Snapshot(messages.Depth, out var ready) != DepthStep.Applied)
                return false;
            _depths.Enqueue(ready!);
            return true;
        }

        var step = _sync.Change(messages.Depth);
        if (step == DepthStep.Applied)
            _depths.Enqueue(messages.Depth);
        else if (step == DepthStep.Lost)
            _event = Event.BookLost;
        return step is DepthStep.Applied or DepthStep.Lost;
    }

    private static void See(ref (long First, long Last) ids, long id) => ids = (ids.First < 0 ? id : ids.First, Math.Max(ids.Last, id));

    /// <summary>One id is left out between two rounds: the seam is a gap, and shows as one.</summary>
    private static long Span((long First, long Last) ids) => ids.First < 0 ? 0 : ids.Last - ids.First + 2;

    private static Depth Shifted(Depth depth, ReplayShift shift) => depth with
    {
        FirstUpdateId = depth.FirstUpdateId + shift.UpdateId,
        FinalUpdateId = depth.FinalUpdateId + shift.UpdateId,
        TimeMs = depth.TimeMs + shift.TimeMs,
    };
}
