using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Server.Platform.Lanes;

/// <summary>
/// One pair's place in its lane. For the lane's thread only, except what says "any thread".
/// The way of an event: sanity gate, state of this class, stages by position.
/// </summary>
internal sealed class SymbolLane : ISymbolSink
{
    private readonly Lane _lane;
    private readonly FeedState _feed;
    private readonly SanityGate _sanity;
    private readonly List<MarketTrade> _passed = [];
    private volatile Instrument _instrument;
    private volatile bool _priced;
    private StageSlot[] _stages = [];
    private long _bookHeardMs;

    public SymbolLane(Instrument instrument, Lane lane, FeedState feed) =>
        (_instrument, _lane, _feed, _sanity) = (instrument, lane, feed, new SanityGate(feed.Sanity));

    /// <summary>Any thread.</summary>
    public Instrument Instrument => _instrument;

    /// <summary>Any thread.</summary>
    public Symbol Symbol => _instrument.Symbol;

    public MarketTrade? LastTrade { get; private set; }

    public BookTop? Top { get; private set; }

    public OrderBook Book { get; } = new();

    /// <summary>Market time: exchange time of the last event in a replay, else the wall clock. Unix milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>Any thread: may this pair be traded now? The rule of INTERFACES ("Stale").</summary>
    public MarketGate Gate
    {
        get
        {
            if (_feed.State == PriceSourceState.Ended) return MarketGate.Ended;
            if (!_instrument.Trading) return MarketGate.Halted;
            return !_priced || _feed.Silent || BookTooOld ? MarketGate.Stale : MarketGate.Tradable;
        }
    }

    /// <summary>Any thread: stages of this pair that threw at least once.</summary>
    public IEnumerable<StageSlot> FaultyStages => Volatile.Read(ref _stages).Where(slot => slot.Faults > 0);

    /// <summary>What the sanity gate kept out. Any thread; a moment old.</summary>
    public long Quarantined => _sanity.QuarantinedTotal;

    private bool BookTooOld
    {
        get
        {
            var heard = Volatile.Read(ref _bookHeardMs);
            return !_feed.ReplayClock && heard != 0 && _feed.WallMs - heard > FeedState.BookAgeMs;
        }
    }

    /// <summary>Any thread: runs a question on the lane's thread, between two events, and gives its answer (or what it threw).</summary>
    public async Task<T> Ask<T>(Func<SymbolLane, T> question, CancellationToken cancellation = default)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _lane.Write(LaneItem.Of(this, lane => Answer(lane, question, answer)), cancellation);
        return await answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Any thread but the lane's own: runs an action on the lane's thread, between two events. Waits while the mailbox is full.</summary>
    public ValueTask Post(Action<SymbolLane> action, CancellationToken cancellation = default) =>
        _lane.Write(LaneItem.Of(this, action), cancellation);

    /// <summary>Any thread: as <see cref="Post"/>, but gives false instead of waiting when the mailbox is full.</summary>
    public bool TryPost(Action<SymbolLane> action) => _lane.TryWrite(LaneItem.Of(this, action));

    /// <summary>Any thread, one at a time.</summary>
    public ValueTask Trade(MarketTrade trade) => _lane.Write(LaneItem.Of(this, trade));

    /// <summary>Any thread, one at a time.</summary>
    ValueTask ISymbolSink.Top(BookTop top) => _lane.Write(LaneItem.Of(this, top));

    /// <summary>Any thread, one at a time.</summary>
    public ValueTask Depth(Depth depth) => _lane.Write(LaneItem.Of(this, depth));

    /// <summary>Any thread, one at a time.</summary>
    public ValueTask BookLost() => _lane.Write(LaneItem.BookLost(this));

    /// <summary>New grid or trading state of the pair.</summary>
    public void Update(Instrument instrument) => _instrument = instrument;

    /// <summary>Takes the stages into service, in order.</summary>
    public void Staff(StageSlot[] stages)
    {
        Tick();
        Volatile.Write(ref _stages, stages);
    }

    /// <summary>Refreshes <see cref="NowMs"/>.</summary>
    public void Tick()
    {
        var now = _feed.NowMs;
        if (now > NowMs || !_feed.ReplayClock) NowMs = now;
    }

    /// <summary>Takes one event or pulse.</summary>
    public void Accept(in LaneItem item)
    {
        switch (item.Kind)
        {
            case LaneItemKind.Trade:
                AcceptTrade(item.Trade);
                return;
            case LaneItemKind.Top:
                Clock(item.Top.TimeMs);
                BookHeard();
                if (_sanity.Check(item.Top) != SanityReason.None) return;
                Top = item.Top;
                _priced = true;
                break;
            case LaneItemKind.Depth:
                var depth = (Depth)item.Payload!;
                Clock(depth.TimeMs);
                BookHeard();
                Book.Apply(depth);
                break;
            case LaneItemKind.BookLost:
                Tick();
                Book.Clear();
                Top = null;
                Volatile.Write(ref _bookHeardMs, 0);
                break;
            case LaneItemKind.Pulse:
                Tick();
                break;
            case LaneItemKind.Action:
                throw new InvalidOperationException("Actions are run by the lane.");
        }

        Hand(item);
    }

    private void AcceptTrade(in MarketTrade trade)
    {
        Tick();
        _passed.Clear();
        _sanity.Check(trade, _feed.ReplayClock ? 0 : NowMs, _passed);
        foreach (var passed in _passed)
        {
            if (_feed.ReplayClock) Clock(passed.TimeMs);
            LastTrade = passed;
            _priced = true;
            Hand(LaneItem.Of(this, passed));
        }
    }

    private void Hand(in LaneItem item)
    {
        foreach (var slot in _stages)
            slot.Accept(this, item);
    }

    private static void Answer<T>(SymbolLane lane, Func<SymbolLane, T> question, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.TrySetResult(question(lane));
        }
#pragma warning disable CA1031 // The asker gets whatever the question threw.
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer.TrySetException(error);
        }
    }

    private void Clock(long eventMs)
    {
        if (_feed.ReplayClock) _feed.Advance(eventMs);
        Tick();
    }

    private void BookHeard() => Volatile.Write(ref _bookHeardMs, _feed.WallMs);
}
