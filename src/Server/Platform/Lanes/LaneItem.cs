using Lastro.Core.Markets;

namespace Lastro.Server.Platform.Lanes;

/// <summary>One entry of a lane's mailbox. A struct, so that a trade on its way costs no allocation.</summary>
internal readonly record struct LaneItem
{
    private LaneItem(LaneItemKind kind, SymbolLane? lane) => (Kind, Lane) = (kind, lane);

    public LaneItemKind Kind { get; }

    /// <summary>Null for a pulse, which is for every pair of the lane.</summary>
    public SymbolLane? Lane { get; }

    public MarketTrade Trade { get; private init; }

    /// <summary>A best quote, boxed: with it inline every trade would be copied at twice the size.</summary>
    public BookTop Top => (BookTop)Payload!;

    public object? Payload { get; private init; }

    public static LaneItem Pulse => new(LaneItemKind.Pulse, null);

    public static LaneItem Of(SymbolLane lane, in MarketTrade trade) => new(LaneItemKind.Trade, lane) { Trade = trade };

    public static LaneItem Of(SymbolLane lane, in BookTop top) => new(LaneItemKind.Top, lane) { Payload = top };

    public static LaneItem Of(SymbolLane lane, Depth depth) => new(LaneItemKind.Depth, lane) { Payload = depth };

    public static LaneItem BookLost(SymbolLane lane) => new(LaneItemKind.BookLost, lane);

    public static LaneItem Of(SymbolLane lane, Action<SymbolLane> action) => new(LaneItemKind.Action, lane) { Payload = action };
}

internal enum LaneItemKind
{
    Trade,
    Top,
    Depth,
    BookLost,
    Action,
    Pulse,
}
