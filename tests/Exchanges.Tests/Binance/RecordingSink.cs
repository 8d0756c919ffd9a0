using System.Collections.Concurrent;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Tests.Binance;

/// <summary>Keeps what a source delivers, and notes when it breaks the rules of <see cref="ISymbolSink"/>.</summary>
internal sealed class RecordingSink : IMarketSink
{
    private int _heard;

    public ConcurrentDictionary<Symbol, RecordingSymbolSink> Pairs { get; } = new();

    public ConcurrentQueue<(PriceSourceState State, string? Detail)> States { get; } = new();

    public ConcurrentDictionary<Symbol, TickerUpdate> Tickers { get; } = new();

    public int HeardCount => Volatile.Read(ref _heard);

    public PriceSourceState LastState => States.Last().State;

    public ISymbolSink Open(Symbol symbol) => Pairs.GetOrAdd(symbol, _ => new RecordingSymbolSink());

    public void Heard() => Interlocked.Increment(ref _heard);

    public void State(PriceSourceState state, string? detail) => States.Enqueue((state, detail));

    public void Ticker(in TickerUpdate ticker) => Tickers[ticker.Symbol] = ticker;
}

/// <summary>One pair's events.</summary>
internal sealed class RecordingSymbolSink : ISymbolSink
{
    private static readonly Lazy<Dictionary<long, BookTop>> RecordedTops = new(ReadTops);
    private readonly OrderBook _book = new();
    private readonly Lock _gate = new();
    private readonly List<MarketTrade> _trades = [];
    private int _inside;

    public int Overlaps { get; private set; }

    public int TopsCompared { get; private set; }

    public int TopsWrong { get; private set; }

    public int BooksLost { get; private set; }

    public int Snapshots { get; private set; }

    public int DepthGaps { get; private set; }

    public BookTop LastTop { get; private set; }

    public long LastUpdateId => _book.UpdateId;

    public bool BookReady => _book.Ready;

    /// <summary>Last update, best bid and best ask of the book built from what was delivered.</summary>
    public (long UpdateId, decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity) Best =>
        (_book.UpdateId, _book.Bid(0).Price.Value, _book.Bid(0).Quantity.Value, _book.Ask(0).Price.Value, _book.Ask(0).Quantity.Value);

    public List<MarketTrade> Trades
    {
        get
        {
            lock (_gate)
                return [.. _trades];
        }
    }

    public long LastTradeId
    {
        get
        {
            lock (_gate)
                return _trades.Count == 0 ? 0 : _trades[^1].Id;
        }
    }

    public ValueTask Trade(MarketTrade trade) => Alone(() =>
    {
        lock (_gate)
            _trades.Add(trade);
    });

    public ValueTask Top(BookTop top) => Alone(() => LastTop = top);

    public ValueTask Depth(Depth depth) => Alone(() =>
    {
        if (depth.Snapshot)
            Snapshots++;
        else if (!_book.Ready || depth.FirstUpdateId > _book.UpdateId + 1)
            DepthGaps++;
        _book.Apply(depth);
        if (!RecordedTops.Value.TryGetValue(_book.UpdateId, out var top))
            return;
        TopsCompared++;
        if (_book.Bid(0) != new BookLevel(top.Bid, top.BidQuantity) || _book.Ask(0) != new BookLevel(top.Ask, top.AskQuantity))
            TopsWrong++;
    });

    public ValueTask BookLost() => Alone(() =>
    {
        BooksLost++;
        _book.Clear();
    });

    private ValueTask Alone(Action act)
    {
        if (Interlocked.Increment(ref _inside) != 1)
            Overlaps++;
        act();
        Interlocked.Decrement(ref _inside);
        return ValueTask.CompletedTask;
    }

    private static Dictionary<long, BookTop> ReadTops()
    {
        var tops = new Dictionary<long, BookTop>();
        foreach (var (_, json) in Recording.Messages)
        {
            if (!json.AsSpan().StartsWith("{\"stream\":\"btcusdt@bookTicker\""u8))
                continue;
            using var document = System.Text.Json.JsonDocument.Parse(json);
            var data = document.RootElement.GetProperty("data");
            decimal Amount(string name) => decimal.Parse(data.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            tops[data.GetProperty("u").GetInt64()] = new BookTop(
                data.GetProperty("u").GetInt64(), new(Amount("b")), new(Amount("B")), new(Amount("a")), new(Amount("A")), 0);
        }

        return tops;
    }
}
