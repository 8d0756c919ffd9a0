using System.Text.Json;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Streaming;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using HttpJson = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Lastro.Server.Markets;

/// <summary>Where a market was left when the server went down, and how it goes on. The room that acts on prices registers it.</summary>
/// <param name="At">By the market's name; null when it was never here.</param>
/// <param name="GoesOn">Told before the first event: the rule, and for which pairs it holds.</param>
internal sealed record MarketLeft(
    Func<string, CancellationToken, Task<ResumePoint?>> At, Func<ResumeRule, IReadOnlyCollection<Symbol>, CancellationToken, Task> GoesOn);

/// <summary>A pair's last price, best quote and last 24 hours; zero where unknown.</summary>
internal readonly record struct DayTicker
{
    public required decimal Last { get; init; }

    public decimal LastQuantity { get; init; }

    public decimal Open { get; init; }

    public decimal High { get; init; }

    public decimal Low { get; init; }

    public decimal Volume { get; init; }

    public decimal QuoteVolume { get; init; }

    public decimal ChangePercent { get; init; }

    public BookTop Top { get; init; }

    public long Trades { get; init; }

    /// <summary>The last trade's; -1 where none is known.</summary>
    public long LastTradeId { get; init; }

    /// <summary>End of the 24 hours, Unix milliseconds.</summary>
    public long CloseMs { get; init; }
}

/// <summary>The best levels of a book, best first.</summary>
/// <param name="UpdateId">Of the last change in it.</param>
/// <param name="Bids">Buyers.</param>
/// <param name="Asks">Sellers.</param>
internal sealed record BookRead(long UpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks);

/// <summary>Which candles, by the time they open.</summary>
/// <param name="FromMs">The oldest from here on; null for the newest.</param>
/// <param name="ToMs">None later than this.</param>
/// <param name="Limit">So many.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct CandleSpan(long? FromMs, long ToMs, int Limit)
{
    /// <summary>For whom what is missing may be fetched, within what one may have; null for the server itself.</summary>
    public string? Asker { get; init; }
}

/// <summary>What other rooms may ask about prices.</summary>
internal sealed class MarketsRoom
{
    private static readonly Asset Usdt = new("USDT");
    private static readonly Asset Usd = new("USD");
    private static readonly TimeSpan FirstPrice = TimeSpan.FromSeconds(2);

    private readonly MarketBoard _board;
    private readonly MarketLanes _lanes;
    private readonly FollowLedger _follows;
    private readonly TimeProvider _time;
    private readonly MarketReads _reads;

    public MarketsRoom(MarketBoard board, MarketLanes lanes, FollowLedger follows, CandleAllowance allowance, TimeProvider time) =>
        (_board, _lanes, _follows, _time, _reads) = (board, lanes, follows, time, new MarketReads(board, follows, allowance, time));

    /// <summary>Market time, Unix milliseconds: the replay's clock in a replay (0 before its first event), else the wall clock.</summary>
    public long NowMs => _board.Feed.NowMs;

    /// <summary>Every pair of the source, by name; empty until the source is open.</summary>
    public IReadOnlyList<Instrument> Instruments => _board.Instruments;

    public MarketStamp Stamp => _board.Stamp();

    /// <summary>Names the market whose prices these are: other prices, other name. Null until the source is open.</summary>
    public string? SourceKey => _board.Running?.Market.ArchiveName;

    /// <summary>May the pair be traded now?</summary>
    public MarketGate Status(Symbol symbol) => _lanes.Gate(symbol);

    /// <summary>As <see cref="Status"/>, but has a pair that nobody followed so far followed, and waits up to 2 s for its first price.</summary>
    public async Task<MarketGate> Ready(Symbol symbol, CancellationToken cancellation)
    {
        var gate = Status(symbol);
        if (gate == MarketGate.UnknownSymbol) return gate;
        _follows.Need(symbol);
        var begun = _time.GetTimestamp();
        while (gate == MarketGate.Stale && _time.GetElapsedTime(begun) < FirstPrice && !_board.Stale())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, cancellation);
            gate = Status(symbol);
        }

        return gate;
    }

    /// <summary>Has the pairs a room names (open orders, stars) followed as long as it names them. Asked once a second; call at start-up.</summary>
    public void KeepFollowed(Func<IEnumerable<Symbol>> reason) => _follows.AddReason(reason);

    /// <summary>
    /// What one unit of an asset is worth by the last trade: of the direct pair, the reverse one, or over USDT. 1 USDT = 1 USD.
    /// Null where no price is known.
    /// </summary>
    public decimal? PriceIn(Asset asset, Asset quote)
    {
        var (from, to) = (Plain(asset), Plain(quote));
        if (from == to) return 1m;
        return Direct(from, to) ?? (from != Usdt && to != Usdt ? Direct(from, Usdt) * Direct(Usdt, to) : null);
    }

    /// <summary>What the lane knows of a pair's candles. On the lane's own thread only: for other rooms' stages.</summary>
    public PairFigures Figures(Symbol symbol) => new(_board.Find(symbol)?.Candles ?? throw new ArgumentException($"{symbol} has no lane.", nameof(symbol)));

    /// <summary>The pair's last price by trade or by the source's statistics; null where none is known.</summary>
    public decimal? LastPrice(Symbol symbol) => _board.Find(symbol)?.LastPrice;

    /// <summary>The pair with its grid; null when the source has no such pair.</summary>
    public Instrument? Find(Symbol symbol) => _board.Find(symbol)?.Lane.Instrument;

    /// <summary>Price, best quote and rolling 24 h, as far as they are known; null for a pair the source does not have.</summary>
    public DayTicker? Day(Symbol symbol) => _reads.Day(symbol);

    /// <summary>The best levels of the book, with the number of the last change in it; empty while there is no book. Waits up to 2 s for the first one.</summary>
    public Task<BookRead> Book(Symbol symbol, int levels, CancellationToken cancellation) => _reads.Book(symbol, levels, cancellation);

    /// <summary>The trades that are kept, oldest first.</summary>
    public Task<IReadOnlyList<MarketTrade>> Trades(Symbol symbol, CancellationToken cancellation) => _reads.Trades(symbol, cancellation);

    /// <summary>Candles oldest first, the running one included.</summary>
    public Task<IReadOnlyList<Candle>> Candles(Symbol symbol, Timeframe interval, CandleSpan span, CancellationToken cancellation) =>
        _reads.Candles(symbol, interval, span, cancellation);

    /// <summary>All from a full minute on until now as one candle; null where nothing was traded.</summary>
    public Task<Candle?> Since(Symbol symbol, long fromMs, CancellationToken cancellation) => _reads.Since(symbol, fromMs, cancellation);

    private static Asset Plain(Asset asset) => asset == Usd ? Usdt : asset;

    private decimal? Direct(Asset asset, Asset quote) =>
        Last(_board.Pair(asset, quote)) ?? (Last(_board.Pair(quote, asset)) is { } reverse and > 0m ? 1m / reverse : null);

    private decimal? Last(Symbol? symbol) => symbol is { } pair ? _board.Find(pair)?.LastPrice : null;
}

/// <summary>A candle ended: its length, its figures, and whether anything is missing in it.</summary>
internal delegate void CandleEnded(Timeframe timeframe, in Candle candle, bool complete);

/// <summary>A pair's candles as its lane has them.</summary>
internal sealed class PairFigures(PairCandles candles)
{
    /// <summary>Tells of each candle that ends, in the lane, before any stage but the candles' own has seen the trade that ended it.</summary>
    public void OnEnded(CandleEnded told) => candles.Ended += told;

    /// <summary>The running candle; null before the first trade.</summary>
    public Candle? Running(Timeframe timeframe) => candles.Running(timeframe);
}

/// <summary>Puts the room into the host.</summary>
internal static class MarketsRoomSetup
{
    public static IServiceCollection AddMarkets(this IServiceCollection services, MarketsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new MarketSources(
            cancellation => SourceChoice.Open(options, provider.GetRequiredService<TimeProvider>(), cancellation),
            Path.Combine(options.DataFolder, "archive"),
            provider.GetRequiredService<ILoggerFactory>())
        { AtOnce = options.Market is not ("auto" or "live") });
        services.AddSingleton<MarketBoard>();
        services.AddSingleton<FollowLedger>();
        services.AddSingleton<CandleAllowance>();
        services.AddSingleton<CandlesRoom>();
        services.AddSingleton(provider => new CandleSeeder(
            provider.GetRequiredService<MarketBoard>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CandleSeeder>>()));
        services.AddSingleton(provider => new MarketPublisher(
            provider.GetRequiredService<MarketBoard>(), provider.GetRequiredService<StreamHub>(), Json(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MarketLoops>();
        services.AddSingleton<MarketsRoom>();
        services.AddSingleton<ILaneStage, CandlesStage>();
        services.AddSingleton<ILaneStage, ViewsStage>();
        services.TryAddSingleton(new MarketLeft((_, _) => Task.FromResult<ResumePoint?>(null), (_, _, _) => Task.CompletedTask));
        services.AddSingleton<MarketRunner>();
        services.AddHealthChecks().AddCheck<MarketsHealth>("priceSource");
        return services.AddHostedService(provider => provider.GetRequiredService<MarketRunner>());
    }

    /// <summary>Maps the room's routes and channels. <paramref name="routes"/> stands at <c>/api/v1</c>.</summary>
    public static void MapMarkets(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        new MarketChannels(services.GetRequiredService<MarketBoard>(), services.GetRequiredService<FollowLedger>(), Json(services))
            .Register(services.GetRequiredService<StreamHub>());

        var markets = routes.MapGroup("/markets").WithTags("Markets").AllowAnonymous();
        markets.MapGet("", ListMarkets.Handle).WithName("listMarkets");
        markets.MapGet("/source", GetSource.Handle).WithName("getSource");
        markets.MapGet("/tickers", ListTickers.Handle).WithName("listTickers");
        markets.MapGet("/{symbol}/candles", GetCandles.Handle).WithName("getCandles");
        markets.MapGet("/{symbol}/depth", GetDepth.Handle).WithName("getDepth");
        markets.MapGet("/{symbol}/trades", GetTrades.Handle).WithName("getTrades");

        var replay = routes.MapGroup("/replay").WithTags("Markets").RequireAuthorization("admin");
        replay.MapPost("/play", (MarketBoard board, MarketPublisher publisher) => ControlReplay.Handle(board, publisher, play: true)).WithName("playReplay");
        replay.MapPost("/pause", (MarketBoard board, MarketPublisher publisher) => ControlReplay.Handle(board, publisher, play: false)).WithName("pauseReplay");
    }

    private static JsonSerializerOptions Json(IServiceProvider provider) => provider.GetRequiredService<IOptions<HttpJson>>().Value.SerializerOptions;
}

/// <summary>Settings of the room.</summary>
internal sealed record MarketsOptions
{
    /// <summary><c>auto</c> (Binance where it answers within two seconds, else demo), <c>demo</c>, <c>live</c> or <c>replay:PATH</c>.</summary>
    public string Market { get; init; } = "auto";

    /// <summary>The data folder; candles go to <c>archive</c> below it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Setting <c>Demo:Seed</c>: another seed, another market.</summary>
    public long DemoSeed { get; init; } = 1;

    /// <summary>Setting <c>Markets:CandlesPerHourPerAsker</c>: candles fetched and kept in an hour for one anonymous network or one user; 0 = no limit. Beyond it they get what is stored.</summary>
    public int CandlesPerHourPerAsker { get; init; } = 50_000;

    /// <summary>Setting <c>Markets:AnonymousCandlesPerHour</c>: the same for all anonymous networks together.</summary>
    public int AnonymousCandlesPerHour { get; init; } = 500_000;

    /// <summary>Settings under <c>Replay</c>.</summary>
    public ReplayOptions Replay { get; init; } = new();

    /// <summary>Settings under <c>Exchanges:Binance</c>.</summary>
    public BinanceOptions Binance { get; init; } = new();

    public static MarketsOptions From(IConfiguration configuration, string dataFolder) => new()
    {
        Market = configuration["Market"] ?? "auto",
        DataFolder = dataFolder,
        DemoSeed = configuration.GetValue("Demo:Seed", 1L),
        CandlesPerHourPerAsker = configuration.GetValue("Markets:CandlesPerHourPerAsker", 50_000),
        AnonymousCandlesPerHour = configuration.GetValue("Markets:AnonymousCandlesPerHour", 500_000),
        Replay = configuration.GetSection("Replay").Get<ReplayOptions>() ?? new ReplayOptions(),
        Binance = configuration.GetSection("Exchanges:Binance").Get<BinanceOptions>() ?? new BinanceOptions(),
    };
}

/// <summary>Settings under <c>Replay</c>.</summary>
internal sealed record ReplayOptions
{
    /// <summary>A factor, or <c>max</c>.</summary>
    public string Speed { get; init; } = "1";

    /// <summary>Events before this time only build candles.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The pair, where the file's name does not say it.</summary>
    public string? Symbol { get; init; }

    /// <summary>Begin anew at the end.</summary>
    public bool Loop { get; init; }

    /// <summary>Wait for <c>POST /replay/play</c>.</summary>
    public bool Pause { get; init; }
}
