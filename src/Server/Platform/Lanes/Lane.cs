using System.Threading.Channels;

namespace Lastro.Server.Platform.Lanes;

/// <summary>One mailbox and the single loop that empties it, for all pairs that hash to it. Nothing in the loop waits but for the next entry.</summary>
internal sealed class Lane
{
    /// <summary>Looks into an empty mailbox before the loop goes to sleep: some 30 microseconds, of which the later ones let other threads run.</summary>
    private const int Patience = 24;

    private readonly Channel<LaneItem> _mailbox;
    private readonly List<SymbolLane> _symbols = [];
    private readonly ILogger _log;
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
        _mailbox.Writer.TryWrite(item) ? ValueTask.CompletedTask : _mailbox.Writer.WriteAsync(item, cancellation);

    /// <summary>Takes its place in the queue now, even when the mailbox is full; what is written later comes after it.</summary>
    public void WriteFirst(in LaneItem item) => _ = WriteQueued(item);

    public bool TryWrite(in LaneItem item) => _mailbox.Writer.TryWrite(item);

    /// <summary>At most one pulse waits at a time; a lane that is busy for longer gets fewer of them.</summary>
    public void Pulse()
    {
        if (Interlocked.Exchange(ref _pulseWaiting, 1) == 0 && !_mailbox.Writer.TryWrite(LaneItem.Pulse))
            Volatile.Write(ref _pulseWaiting, 0);
    }

    /// <summary>Adds a pair; on the lane's loop only.</summary>
    public void Add(SymbolLane lane) => _symbols.Add(lane);

    public void Close() => _mailbox.Writer.TryComplete();

    /// <summary>Runs until <see cref="Close"/> and the mailbox is empty.</summary>
    public async Task Run()
    {
        var reader = _mailbox.Reader;
        while (await reader.WaitToReadAsync(CancellationToken.None))
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
        }
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

    private async Task WriteQueued(LaneItem item)
    {
        try
        {
            await _mailbox.Writer.WriteAsync(item);
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
