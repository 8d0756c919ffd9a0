using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>The stamp of an answer about one pair: stale when the pair is, as of its own last event.</summary>
internal static class Stamps
{
    public static MarketStamp Of(MarketBoard board, PairDesk desk, long asOfMs) =>
        board.Stamp(asOfMs > 0 ? asOfMs : null) with { Stale = desk.Lane.Gate == MarketGate.Stale };
}
