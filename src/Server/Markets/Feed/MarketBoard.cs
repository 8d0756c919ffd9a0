using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Streaming;

namespace Lastro.Server.Markets.Feed;

/// <summary>The running market and a desk for each of its pairs.</summary>
internal sealed class MarketBoard(MarketLanes lanes, StreamHub hub)
{
    private readonly ConcurrentDictionary<Symbol, PairDesk> _desks = new();
    private FrozenDictionary<(Asset Base, Asset Quote), Symbol> _byAssets = FrozenDictionary<(Asset, Asset), Symbol>.Empty;
    private IReadOnlyList<Instrument> _instruments = [];
    private RunningMarket? _running;

    /// <summary>Gaps for the repairer; more than it can hold are left to the next request for those candles.</summary>
    public Channel<CandleGap> Gaps { get; } = Channel.CreateBounded<CandleGap>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What the listeners are to be told; a full one makes lanes gather until the next pulse.</summary>
    public Channel<PairNews> News { get; } = Channel.CreateBounded<PairNews>(4_096);

    public FeedState Feed => lanes.Feed;

    /// <summary>Null until the source is chosen.</summary>
    public RunningMarket? Running
    {
        get => Volatile.Read(ref _running);
        set => Volatile.Write(ref _running, value);
    }

    /// <summary>Every pair of the source, by name.</summary>
    public IReadOnlyList<Instrument> Instruments => Volatile.Read(ref _instruments);

    public IEnumerable<PairDesk> Desks => _desks.Values;

    public PairDesk? Find(Symbol symbol) => _desks.GetValueOrDefault(symbol);

    public Symbol? Pair(Asset baseAsset, Asset quote) =>
        Volatile.Read(ref _byAssets).TryGetValue((baseAsset, quote), out var symbol) ? symbol : null;

    /// <summary>Opens a lane for each pair; pairs that are gone stay, halted.</summary>
    public void Open(IReadOnlyList<Instrument> instruments)
    {
        var listed = instruments.Select(pair => pair.Symbol).ToHashSet();
        IReadOnlyList<Instrument> all = [.. instruments.Concat(_desks.Values.Where(desk => !listed.Contains(desk.Symbol)).Select(desk => desk.Lane.Instrument with { Trading = false }))
            .OrderBy(pair => pair.Symbol.Value, StringComparer.Ordinal)];
        foreach (var pair in all)
            _desks.GetOrAdd(pair.Symbol, _ => NewDesk(pair));
        foreach (var pair in all)
            lanes.Open(pair);
        Volatile.Write(ref _instruments, all);
        Volatile.Write(ref _byAssets, all.GroupBy(pair => (pair.Base, pair.Quote)).ToFrozenDictionary(same => same.Key, same => same.First().Symbol));
    }

    /// <summary>The whole source's stamp, at market time.</summary>
    public MarketStamp Stamp(long? asOfMs = null)
    {
        var info = Running?.Source.Info;
        var now = asOfMs ?? Feed.NowMs;
        return new MarketStamp(
            info?.Name ?? "none", info?.Simulated ?? false, Feed.State,
            DateTimeOffset.FromUnixTimeMilliseconds(now > 0 ? now : Feed.WallMs), Stale());
    }

    public SourceAnswer Source() => new(Stamp()) { Replay = Running?.Market.Replay?.Status() };

    /// <summary>True when no price of the source is to be traded on. A replay at its end is over, not stale.</summary>
    public bool Stale() => Running is null || (Feed.State != PriceSourceState.Ended && Feed.Silent);

    private PairDesk NewDesk(Instrument pair)
    {
        var running = Running ?? throw new InvalidOperationException("A source must be chosen before pairs open.");
        return new PairDesk(pair.Symbol, lanes, new PairCandles(pair.Symbol, running.Archive, Feed, gap => Gaps.Writer.TryWrite(gap)), hub);
    }
}
