using System.Collections.Concurrent;
using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Every stream there is, by its name.</summary>
internal sealed class StreamCatalog
{
    private readonly ConcurrentDictionary<Symbol, PairTap> _taps = new();
    private readonly WireTopic[] _all;

    public StreamCatalog()
    {
        MiniTickers = new WireTopic("!miniTicker@arr");
        DayTickers = new WireTopic("!ticker@arr");
        Rolling = [.. StreamName.Windows.Select(window => new WireTopic($"!ticker_{window.Name}@arr"))];
        _all = [MiniTickers, DayTickers, .. Rolling];
    }

    public WireTopic MiniTickers { get; }

    public WireTopic DayTickers { get; }

    /// <summary>By place in <see cref="StreamName.Windows"/>.</summary>
    public IReadOnlyList<WireTopic> Rolling { get; }

    /// <summary>Grows with the pairs known.</summary>
    public int Pairs => _taps.Count;

    /// <summary>The pairs that somebody listens to, which the source must send in full.</summary>
    public IEnumerable<Symbol> Wanted => _taps.Where(tap => tap.Value.Watched).Select(tap => tap.Key);

    /// <summary>Streams of the pairs that somebody listens to.</summary>
    public IEnumerable<PairStreams> Watched => _taps.Values.Where(tap => tap.Watched).Select(tap => tap.Streams);

    /// <summary>Null for what does not exist, or not yet.</summary>
    public WireTopic? Find(string name)
    {
        if (!StreamName.TryParse(name, out var stream)) return null;
        if (stream.Symbol is { } symbol) return _taps.TryGetValue(symbol, out var tap) ? tap.Streams.Topic(stream) : null;
        return Array.Find(_all, topic => topic.Name == name);
    }

    public void Add(Symbol symbol, PairTap tap) => _taps[symbol] = tap;
}

/// <summary>Last in the lane, beside the web app's own: what Binance's streams tell.</summary>
internal sealed class StreamStage(MarketsRoom markets, StreamCatalog catalog, StreamMail mail, TimeProvider time) : ILaneStage
{
    public StagePosition Position => StagePosition.Subscribers;

    public ISymbolStage Open(SymbolLane lane)
    {
        var figures = markets.Figures(lane.Symbol);
        var tap = new PairTap(lane, figures, mail, time);
        figures.OnEnded(tap.CandleEnded);
        catalog.Add(lane.Symbol, tap);
        return tap;
    }
}
