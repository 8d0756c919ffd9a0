using Lastro.Core.Markets;

namespace Lastro.Server.Platform.Lanes;

/// <summary>A room's share of the work on each pair. Stages run one after the other, by <see cref="Position"/>, on the lane's thread only.</summary>
internal interface ILaneStage
{
    /// <summary>Where in the lane it stands.</summary>
    StagePosition Position { get; }

    /// <summary>The stage's state for one pair, made when the pair's lane opens.</summary>
    ISymbolStage Open(SymbolLane lane);
}

/// <summary>The fixed order inside a lane.</summary>
internal enum StagePosition
{
    Candles = 10,
    Orders = 20,
    Contracts = 30,
    Alerts = 40,
    Bots = 50,
    Subscribers = 90,
}

/// <summary>Sees one pair's events. Never blocks, never awaits, never throws for bad data (the gate before it keeps that out).</summary>
internal interface ISymbolStage
{
    /// <summary>An accepted trade; <see cref="SymbolLane.LastTrade"/> is already this one.</summary>
    void OnTrade(in MarketTrade trade);

    /// <summary>A new best quote; <see cref="SymbolLane.Top"/> is already this one.</summary>
    void OnTop(in BookTop top);

    /// <summary>The book changed and <see cref="SymbolLane.Book"/> holds the change already.</summary>
    void OnDepth(Depth depth);

    /// <summary>The book was lost: <see cref="SymbolLane.Book"/> is empty until the next snapshot.</summary>
    void OnBookLost();

    /// <summary>About every 100 ms, also when nothing else happens. <paramref name="nowMs"/> is market time (the replay's clock in a replay).</summary>
    void OnPulse(long nowMs);
}
