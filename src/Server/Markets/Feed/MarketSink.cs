using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.Markets.Feed;

/// <summary>Takes what the source says and gives it to lanes and desks.</summary>
internal sealed class MarketSink(MarketBoard board, MarketLanes lanes, MarketPublisher publisher, ILogger log) : IMarketSink
{
    public ISymbolSink Open(Symbol symbol)
    {
        if (lanes.Find(symbol) is { } lane) return lane;
        throw new InvalidOperationException($"The source sends {symbol}, which is not among its instruments.");
    }

    public void Heard() => board.Feed.Heard();

    public void State(PriceSourceState state, string? detail)
    {
        if (state == PriceSourceState.Live) board.Feed.Heard();
        board.Feed.State = state;
        log.LogInformation("Price source {Source}: {State} {Detail}", board.Running?.Source.Info.Name, state, detail ?? "");
        publisher.PublishSource();
    }

    public void Ticker(in TickerUpdate ticker)
    {
        if (board.Find(ticker.Symbol) is not { } desk) return;
        desk.Coarse = ticker;
        publisher.Changed(desk);
    }
}
