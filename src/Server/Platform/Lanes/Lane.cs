using System.Threading.Channels;

namespace Lastro.Server.Platform.Lanes;

/// <summary>One mailbox and the single loop that empties it, for all pairs that hash to it. Nothing in the loop waits but for the next entry.</summary>
#pragma warning disable CA1001 // A semaphore whose handle nobody asks for holds nothing.
internal sealed class Lane
#pragma warning restore CA1001
{
    /// <summary>Looks into an empty mailbox before the loop goes to sleep: some 30 microseconds, of which the later ones let other threads run.</summary>
    private const int Patience = 24;

    private readonly Channel<LaneItem> _mailbox;
    private readonly List<SymbolLane> _symbols = [];
    private readonly ILogger _log;
    private readonly SemaphoreSlim _awake = new(0);
    private int _asleep;
    private int _pulseWaiting;
    private long _handled;
    private long _actionFaults;

    public Lane(int number, int mailboxSize, ILogger log)
    {
        Number = number;
        _log = log;
        _mailbox = Channel.CreateBounded<LaneItem>(new BoundedChannelOptions(mailboxSize)
        {
            SingleReader = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
    }

    public int Number { get; }

    /// <summary>Entries handled since the start.</summary>
    public long Handled => Volatile.Read(ref _handled);

    /// <summary>Posted actions that threw.</summary>
    public long ActionFaults => Volatile.Read(ref _actionFaults);

    public int Waiting => _mailbox.Reader.Count;

    /// <summary>Waits for room: that is the back-pressure.</summary>
    public ValueTask Write(in LaneItem item, CancellationToken cancellation = default) =>
        TryWrite(item) ? ValueTask.CompletedTask : WriteLater(item, cancellation);

    /// <summary>Takes its place in the queue now, even when the mailbox is full; what is written later comes after it.</summary>
    public void WriteFirst(in LaneItem item) => _ = WriteQueued(item);

    public bool TryWrite(in LaneItem item)
    {
        if (!_mailbox.Writer.TryWrite(item)) return false;
        Rouse();
        return true;
    }

    /// <summary>At most one pulse waits at a time; a lane that is busy for longer gets fewer of them.</summary>
    public void Pulse()
    {
        if (Interlocked.Exchange(ref _pulseWaiting, 1) == 0 && !TryWrite(LaneItem.Pulse))
            Volatile.Write(ref _pulseWaiting, 0);
    }

    /// <summary>Adds a pair; on the lane's loop only.</summary>
    public void Add(SymbolLane lane) => _symbols.Add(lane);

    public void Close()
    {
        _mailbox.Writer.TryComplete();
        Rouse();
    }

    /// <summary>Runs on a thread of its own until <see cref="Close"/> and the mailbox is empty: a pool's thread would be woken a thousand times slower at times.</summary>
    public Task Run() => Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Loop()
    {
        var reader = _mailbox.Reader;
        while (!reader.Completion.IsCompleted)
        {
            // In a busy market the next entry is microseconds away, less than falling asleep and being woken takes.
            for (var patience = new SpinWait(); patience.Count < Patience; patience.SpinOnce(sleep1Threshold: -1))
            {
                if (!reader.TryRead(out var item)) continue;
                do
                {
                    Handle(item);
                    Volatile.Write(ref _handled, _handled + 1);
                }
                while (reader.TryRead(out item));
                patience.Reset();
            }

            // Who writes after this look sees that the loop sleeps; who wrote before it is seen by the look.
            Interlocked.Exchange(ref _asleep, 1);
            var stays = reader.Count > 0 || reader.Completion.IsCompleted;
            if (!stays || Interlocked.Exchange(ref _asleep, 0) == 0) _awake.Wait();
        }
    }

    private void Rouse()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1) _awake.Release();
    }

    private void Handle(in LaneItem item)
    {
        if (item.Kind == LaneItemKind.Pulse)
        {
            Volatile.Write(ref _pulseWaiting, 0);
            foreach (var lane in _symbols)
                lane.Accept(item);
        }
        else if (item.Kind == LaneItemKind.Action)
        {
            Act(item.Lane!, (Action<SymbolLane>)item.Payload!);
        }
        else
        {
            item.Lane!.Accept(item);
        }
    }

    private async ValueTask WriteLater(LaneItem item, CancellationToken cancellation)
    {
        await _mailbox.Writer.WriteAsync(item, cancellation);
        Rouse();
    }

    private async Task WriteQueued(LaneItem item)
    {
        try
        {
            await _mailbox.Writer.WriteAsync(item);
            Rouse();
        }
        catch (ChannelClosedException)
        {
            _log.LogDebug("Lane {Lane} is closing; {Symbol} no longer enters", Number, item.Lane?.Symbol);
        }
    }

    private void Act(SymbolLane lane, Action<SymbolLane> action)
    {
        try
        {
            lane.Tick();
            action(lane);
        }
#pragma warning disable CA1031 // Whatever a posted action throws, the lane's other pairs must go on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _actionFaults, _actionFaults + 1);
            _log.LogError(error, "An action posted to {Symbol} in lane {Lane} threw", lane.Symbol, Number);
        }
    }
}
