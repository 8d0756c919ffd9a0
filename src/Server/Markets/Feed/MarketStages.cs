using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>First in the lane: candles and statistics.</summary>
internal sealed class CandlesStage(MarketBoard board) : ILaneStage
{
    public StagePosition Position => StagePosition.Candles;

    public ISymbolStage Open(SymbolLane lane) => board.Find(lane.Symbol)!.Candles;
}

/// <summary>Last in the lane: pictures and news for everyone outside it.</summary>
internal sealed class ViewsStage(MarketBoard board) : ILaneStage
{
    public StagePosition Position => StagePosition.Subscribers;

    public ISymbolStage Open(SymbolLane lane)
    {
        var desk = board.Find(lane.Symbol)!;
        return desk.Views = new PairViews(desk, lane, board.News.Writer);
    }
}
