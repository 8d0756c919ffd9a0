using Lastro.Core.Markets;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>One stream under the one or two names it has.</summary>
internal sealed class StreamGroup(string name, string? second, Action<int>? count = null)
{
    public WireTopic Topic { get; } = new(name, count);

    public WireTopic? Second { get; } = second is null ? null : new WireTopic(second, count);

    public bool Watched => Topic.Watched || Second is { Watched: true };

    /// <summary>True once after somebody new has come.</summary>
    public bool TakeAsked() => Topic.TakeAsked() | (Second?.TakeAsked() ?? false);
}

/// <summary>The streams of one pair.</summary>
internal sealed class PairStreams
{
    private readonly StreamGroup[] _klines;
    private readonly StreamGroup[] _rolling;
    private readonly StreamGroup[] _depth;
    private readonly StreamGroup[] _partial;
    private int _listeners;

    public PairStreams(Symbol symbol)
    {
        Symbol = symbol;
        var pair = symbol.Value.ToLowerInvariant();
        Trade = Group($"{pair}@trade");
        AggTrade = Group($"{pair}@aggTrade");
        BookTicker = Group($"{pair}@bookTicker");
        AvgPrice = Group($"{pair}@avgPrice");
        MiniTicker = Group($"{pair}@miniTicker");
        Ticker = Group($"{pair}@ticker");
        _klines = [.. Timeframe.All.Select(interval => Group($"{pair}@kline_{interval}", StreamName.SameInEast(interval) ? $"{pair}@kline_{interval}@+08:00" : null))];
        _rolling = [.. StreamName.Windows.Select(window => Group($"{pair}@ticker_{window.Name}"))];
        _depth = [Group($"{pair}@depth@100ms"), Group($"{pair}@depth", $"{pair}@depth@1000ms")];
        _partial = [.. StreamName.Levels.SelectMany(levels => new[] { Group($"{pair}@depth{levels}@100ms"), Group($"{pair}@depth{levels}", $"{pair}@depth{levels}@1000ms") })];
    }

    public Symbol Symbol { get; }

    /// <summary>True while anybody listens to anything of the pair.</summary>
    public bool Watched => Volatile.Read(ref _listeners) > 0;

    /// <summary>True while anybody listens to figures that are told once a second.</summary>
    public bool Statistics => MiniTicker.Watched || Ticker.Watched || AvgPrice.Watched || Array.Exists(_rolling, group => group.Watched);

    /// <summary>What was last told; the ticker publisher's own.</summary>
    public DayTicker LastTold { get; set; }

    public StreamGroup Trade { get; }

    public StreamGroup AggTrade { get; }

    public StreamGroup BookTicker { get; }

    public StreamGroup AvgPrice { get; }

    public StreamGroup MiniTicker { get; }

    public StreamGroup Ticker { get; }

    /// <summary>By place in <see cref="Timeframe.All"/>.</summary>
    public IReadOnlyList<StreamGroup> Klines => _klines;

    /// <summary>By place in <see cref="StreamName.Windows"/>.</summary>
    public IReadOnlyList<StreamGroup> Rolling => _rolling;

    /// <summary>Changes of the book: every 100 ms, every second.</summary>
    public IReadOnlyList<StreamGroup> Depth => _depth;

    /// <summary>Best levels: for each of <see cref="StreamName.Levels"/> every 100 ms, every second.</summary>
    public IReadOnlyList<StreamGroup> Partial => _partial;

    /// <summary>True once after somebody new listens to statistics.</summary>
    public bool TakeStatisticsAsked()
    {
        var asked = MiniTicker.TakeAsked() | Ticker.TakeAsked() | AvgPrice.TakeAsked();
        foreach (var group in _rolling) asked |= group.TakeAsked();
        return asked;
    }

    public WireTopic Topic(in StreamName name)
    {
        var group = name.Kind switch
        {
            StreamKind.Trade => Trade,
            StreamKind.AggTrade => AggTrade,
            StreamKind.Kline => _klines[name.Argument],
            StreamKind.MiniTicker => MiniTicker,
            StreamKind.Ticker => Ticker,
            StreamKind.RollingTicker => _rolling[name.Argument],
            StreamKind.BookTicker => BookTicker,
            StreamKind.AvgPrice => AvgPrice,
            StreamKind.Depth => _depth[name.Argument],
            StreamKind.PartialDepth => _partial[name.Argument],
        };
        return name.Second ? group.Second! : group.Topic;
    }

    private StreamGroup Group(string name, string? second = null) => new(name, second, Count);

    private void Count(int change) => Interlocked.Add(ref _listeners, change);
}
