using Lastro.Core.Markets;

namespace Lastro.Server.Platform.Lanes;

/// <summary>
/// One stage at one pair, with its faults counted. A stage that throws loses that one event and stays in service: what it holds is a cache,
/// money is guarded by the database, and a stage left out silently would be worse than one that stumbles in the open.
/// The health check names it as long as it keeps throwing.
/// </summary>
internal sealed class StageSlot(string name, StagePosition position, ISymbolStage stage, ILogger log)
{
    private long _faults;
    private long _lastFaultMs;

    public string Name { get; } = name;

    public StagePosition Position { get; } = position;

    public ISymbolStage Stage { get; } = stage;

    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Market time of the last fault, Unix milliseconds; 0 when there was none.</summary>
    public long LastFaultMs => Volatile.Read(ref _lastFaultMs);

    public void Accept(SymbolLane lane, in LaneItem item)
    {
        try
        {
            Deliver(lane, item);
        }
#pragma warning disable CA1031 // A room's mistake must not stop the other rooms or pairs of this lane.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fault(lane, item, error);
        }
    }

    private void Deliver(SymbolLane lane, in LaneItem item)
    {
        switch (item.Kind)
        {
            case LaneItemKind.Trade:
                Stage.OnTrade(item.Trade);
                break;
            case LaneItemKind.Top:
                Stage.OnTop(item.Top);
                break;
            case LaneItemKind.Depth:
                Stage.OnDepth((Depth)item.Payload!);
                break;
            case LaneItemKind.BookLost:
                Stage.OnBookLost();
                break;
            case LaneItemKind.Pulse:
                Stage.OnPulse(lane.NowMs);
                break;
            case LaneItemKind.Action:
                throw new InvalidOperationException("Actions are run by the lane, not by stages.");
        }
    }

    private void Fault(SymbolLane lane, in LaneItem item, Exception error)
    {
        var count = Faults + 1;
        Volatile.Write(ref _faults, count);
        Volatile.Write(ref _lastFaultMs, Math.Max(1, lane.NowMs));
        // 1st, 2nd, 4th, 8th ...: a stage that throws on every event must not fill the disk.
        if ((count & (count - 1)) == 0)
            log.LogError(error, "Stage {Stage} of {Symbol} threw on a {Kind}, fault number {Count}; the event is lost to it", Name, lane.Symbol, item.Kind, count);
    }
}
