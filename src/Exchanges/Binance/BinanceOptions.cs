namespace Lastro.Exchanges.Binance;

/// <summary>Where Binance is and how patient to be. Bound from <c>Exchanges:Binance</c>; the defaults are Binance's documented addresses and stay below its documented limits.</summary>
public sealed record BinanceOptions
{
    /// <summary>Base of the REST API, without <c>/api/v3</c>.</summary>
    public Uri RestUrl { get; init; } = new("https://api.binance.com");

    /// <summary>Base of the market streams, without <c>/stream</c>.</summary>
    public Uri WebSocketUrl { get; init; } = new("wss://stream.binance.com:9443");

    /// <summary>Request weight this program allows itself in a minute. Binance allows 6000 for one address, other programs included.</summary>
    public int WeightPerMinute { get; init; } = 5000;

    /// <summary>Streams on one connection. Binance allows 1024.</summary>
    public int StreamsPerConnection { get; init; } = 1000;

    /// <summary>Stream names in one SUBSCRIBE.</summary>
    public int StreamsPerMessage { get; init; } = 100;

    /// <summary>Time between two of our messages. Binance allows 5 in a second, its pings' pongs included.</summary>
    public TimeSpan MessageSpacing { get; init; } = TimeSpan.FromMilliseconds(350);

    /// <summary>Connection attempts in five minutes over all connections. Binance allows 300 for one address.</summary>
    public int ConnectsPerFiveMinutes { get; init; } = 150;

    /// <summary>Longest wait for a connection or an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First pause after a lost connection; doubles up to <see cref="LongestPause"/>, and each is drawn between half and all of it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection is replaced at this age, up to a twentieth earlier by chance; Binance cuts it at 24 hours.</summary>
    public TimeSpan ConnectionAge { get; init; } = TimeSpan.FromHours(23);

    /// <summary>A connection that says nothing for so long is asked for a sign of life, and given up after the same time again.</summary>
    public TimeSpan SilentConnection { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence of a pair's trades before they are subscribed again; doubles while it helps nothing, for a pair may just be quiet.</summary>
    public TimeSpan SilentTrades { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same for best quotes and for the book.</summary>
    public TimeSpan SilentBook { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for the candle stream, which speaks at least once a minute.</summary>
    public TimeSpan SilentKlines { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Shortest time between two snapshots of one book; doubles up to a minute while they fail.</summary>
    public TimeSpan SnapshotSpacing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Missing trades of one pair that are fetched one by one; a longer hole is left to the candle back-fill.</summary>
    public int LongestTradeGap { get; init; } = 100_000;

    /// <summary>How long trades of a pair are held back for missing ones before the hole is accepted and reported.</summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pairs whose missing trades or snapshots are fetched at the same time.</summary>
    public int ParallelRequests { get; init; } = 4;
}
