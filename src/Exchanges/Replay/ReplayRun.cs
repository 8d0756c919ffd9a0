using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Replay;

/// <summary>Plays all pairs together in the order of exchange time, round after round.</summary>
internal sealed class ReplayRun
{
    private readonly List<IReplayTrack> _tracks;
    private readonly ISymbolSink[] _sinks;
    private readonly ReplayShift[] _shifts;
    private readonly ReplayControl _control;
    private readonly ReplayPace _pace;
    private readonly IMarketSink _sink;
    private readonly Func<ValueTask> _pulse;
    private PriceSourceState _state = PriceSourceState.Connecting;
    private bool _again;

    public ReplayRun(List<IReplayTrack> tracks, ReplayControl control, ReplayPace pace, IMarketSink sink)
    {
        (_tracks, _control, _pace, _sink) = (tracks, control, pace, sink);
        _sinks = [.. tracks.Select(track => sink.Open(track.Instrument.Symbol))];
        _shifts = new ReplayShift[tracks.Count];
        _pulse = Pulse;
    }

    /// <summary>Plays everything from a time on, once; a later round comes <paramref name="lengthMs"/> later.</summary>
    public async Task Round(long fromMs, long lengthMs, CancellationToken cancellation)
    {
        var feeds = new ReplayFeed[_tracks.Count];
        var queue = new PriorityQueue<int, (long TimeMs, int Index)>();
        try
        {
            for (var i = 0; i < feeds.Length; i++)
            {
                if (_again && _tracks[i].HasBook)
                    await _sinks[i].BookLost();
                feeds[i] = _tracks[i].Play(fromMs);
                if (feeds[i].Next())
                    queue.Enqueue(i, (feeds[i].TimeMs, i));
            }

            await Play(feeds, queue, cancellation);
            for (var i = 0; i < feeds.Length; i++)
            {
                var (trade, update) = feeds[i].IdsPlayed;
                _shifts[i] = new ReplayShift(_shifts[i].TimeMs + lengthMs, _shifts[i].TradeId + trade, _shifts[i].UpdateId + update);
            }

            if (_control.Loop)
                _control.ToMs += lengthMs;
            _again = true;
        }
        finally
        {
            foreach (var feed in feeds)
                feed?.Dispose();
        }
    }

    private async Task Play(ReplayFeed[] feeds, PriorityQueue<int, (long TimeMs, int Index)> queue, CancellationToken cancellation)
    {
        while (queue.TryDequeue(out var index, out _))
        {
            if (await PlayWhileFirst(feeds[index], index, queue, cancellation))
                queue.Enqueue(index, (feeds[index].TimeMs, index));
        }
    }

    /// <summary>Plays one pair's events up to another pair's next one; false at its end.</summary>
    private async ValueTask<bool> PlayWhileFirst(
        ReplayFeed feed, int index, PriorityQueue<int, (long TimeMs, int Index)> queue, CancellationToken cancellation)
    {
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var now = feed.TimeMs + _shifts[index].TimeMs;
            if (_pace.MustWait(now))
                await _pace.Until(now, _pulse, cancellation);
            Show(PriceSourceState.Live);
            await feed.Deliver(_sinks[index], _shifts[index]);
            _control.PositionMs = now;
            if (!feed.Next())
                return false;
        }
        while (queue.Count == 0 || (feed.TimeMs, index).CompareTo(First(queue)) < 0);

        return true;
    }

    private static (long TimeMs, int Index) First(PriorityQueue<int, (long TimeMs, int Index)> queue) =>
        queue.TryPeek(out _, out var first) ? first : default;

    private ValueTask Pulse()
    {
        _sink.Heard();
        if (_control.Paused)
            Show(PriceSourceState.Paused);
        return ValueTask.CompletedTask;
    }

    private void Show(PriceSourceState state)
    {
        if (_state == state)
            return;
        _state = state;
        _sink.State(state, null);
    }
}
