using System.Collections.Concurrent;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Tests.Replay;

/// <summary>Keeps what a source delivers.</summary>
internal sealed class RecordingSink : IMarketSink
{
    public ConcurrentDictionary<Symbol, RecordingSymbol> Symbols { get; } = new();

    public ConcurrentQueue<(PriceSourceState State, string? Detail)> States { get; } = new();

    public int HeardCount;

    public Action<Symbol>? OnEvent { get; init; }

    public ISymbolSink Open(Symbol symbol) => Symbols.GetOrAdd(symbol, _ => new RecordingSymbol(() => OnEvent?.Invoke(symbol)));

    public void Heard() => Interlocked.Increment(ref HeardCount);

    public void State(PriceSourceState state, string? detail) => States.Enqueue((state, detail));

    public void Ticker(in TickerUpdate ticker)
    {
        // No test looks at tickers of pairs that are not followed.
    }
}

internal sealed class RecordingSymbol(Action told) : ISymbolSink
{
    public List<MarketTrade> Trades { get; } = [];

    public List<BookTop> Tops { get; } = [];

    public List<Depth> Depths { get; } = [];

    public int BooksLost { get; private set; }

    public OrderBook Book { get; } = new();

    /// <summary>Sees every event, in order: a trade, a top or a depth.</summary>
    public Action<object>? Seen { get; set; }

    public ValueTask Trade(MarketTrade trade)
    {
        Trades.Add(trade);
        return Tell(trade);
    }

    public ValueTask Top(BookTop top)
    {
        Tops.Add(top);
        return Tell(top);
    }

    public ValueTask Depth(Depth depth)
    {
        Depths.Add(depth);
        Book.Apply(depth);
        return Tell(depth);
    }

    public ValueTask BookLost()
    {
        BooksLost++;
        Book.Clear();
        return ValueTask.CompletedTask;
    }

    private ValueTask Tell(object what)
    {
        Seen?.Invoke(what);
        told();
        return ValueTask.CompletedTask;
    }
}
