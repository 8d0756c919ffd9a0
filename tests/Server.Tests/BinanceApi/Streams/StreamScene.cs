using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Tests.Markets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Streams;

/// <summary>The market streams over a running market whose events are written by hand.</summary>
internal sealed class StreamScene : IAsyncDisposable
{
    /// <summary>2024-08-08 23:55 UTC, a full minute.</summary>
    public const long StartMs = 1_723_161_300_000;

    private StreamScene(MarketRig rig, ScriptedSource source, IMarketSink sink) => (Rig, Source, Sink) = (rig, source, sink);

    public MarketRig Rig { get; }

    public ScriptedSource Source { get; }

    public IMarketSink Sink { get; }

    public MarketBoard Board => Rig.Services.GetRequiredService<MarketBoard>();

    public StreamCatalog Catalog => Rig.Services.GetRequiredService<StreamCatalog>();

    public static async Task<StreamScene> Set(params (string Name, string Value)[] settings)
    {
        var source = new ScriptedSource(replay: true, "BTCUSDT", "ETHUSDT");
        var all = settings.ToDictionary(setting => $"BinanceApi:Sockets:{setting.Name}", setting => (string?)setting.Value);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var rig = await MarketRig.Start(new RigOptions
        {
            Source = source.Open(),
            Settings = all,
            Services = services => services.AddMarketStreams(configuration),
            Map = app => app.MapMarketStreams(),
        });
        return new StreamScene(rig, source, await source.Sink);
    }

    public ISymbolSink Pair(string symbol = "BTCUSDT") => Sink.Open(new Symbol(symbol));

    public Task<WireClient> Connect(string path) => WireClient.Connect(Rig.Address, $"/binance{path}");

    /// <summary>A trade so many milliseconds after <see cref="StartMs"/>.</summary>
    public ValueTask Trade(long id, decimal price, long afterMs, string symbol = "BTCUSDT") =>
        Pair(symbol).Trade(new MarketTrade(id, new Price(price), new Quantity(0.02m), StartMs + afterMs, BuyerIsMaker: id % 2 == 0));

    public ValueTask Depth(long first, long last, bool snapshot, (decimal Price, decimal Size)[] bids, (decimal Price, decimal Size)[] asks) => Pair().Depth(new Depth
    {
        Snapshot = snapshot,
        FirstUpdateId = first,
        FinalUpdateId = last,
        TimeMs = StartMs + last,
        Bids = [.. bids.Select(level => new BookLevel(new Price(level.Price), new Quantity(level.Size)))],
        Asks = [.. asks.Select(level => new BookLevel(new Price(level.Price), new Quantity(level.Size)))],
    });

    /// <summary>Waits until so many hear a stream.</summary>
    public async Task Heard(string stream)
    {
        for (var wait = 0; Catalog.Find(stream) is not { Watched: true }; wait++)
        {
            wait.ShouldBeLessThan(400, $"nobody hears {stream}");
            await Task.Delay(10);
        }
    }

    public ValueTask DisposeAsync() => Rig.DisposeAsync();
}
