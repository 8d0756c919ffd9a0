using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Server.Tests.Markets;

/// <summary>A running room with two pairs whose events are written by hand. Its replay clock stands at what was last sent.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>2024-08-08 23:55 UTC, a full minute.</summary>
    public const long StartMs = 1_723_161_300_000;

    private Scene(MarketRig rig, ScriptedSource source, IMarketSink sink) => (Rig, Source, Sink) = (rig, source, sink);

    public MarketRig Rig { get; }

    public ScriptedSource Source { get; }

    public IMarketSink Sink { get; }

    public static async Task<Scene> Set(bool replay = true, string? data = null)
    {
        var source = new ScriptedSource(replay, "BTCUSDT", "ETHUSDT");
        var rig = await MarketRig.Start(new RigOptions { Source = source.Open(), Data = data });
        return new Scene(rig, source, await source.Sink);
    }

    public ISymbolSink Pair(string symbol = "BTCUSDT") => Sink.Open(new Symbol(symbol));

    /// <summary>A trade so many milliseconds after <see cref="StartMs"/>.</summary>
    public ValueTask Trade(long id, decimal price, long afterMs, string symbol = "BTCUSDT") =>
        Pair(symbol).Trade(new MarketTrade(id, new Price(price), new Quantity(2m), StartMs + afterMs, BuyerIsMaker: id % 2 == 0));

    public ValueTask Book(long update, params (decimal Bid, decimal Ask)[] levels) => Pair().Depth(new Depth
    {
        Snapshot = true,
        FirstUpdateId = update,
        FinalUpdateId = update,
        TimeMs = StartMs + update,
        Bids = [.. levels.Select(level => new BookLevel(new Price(level.Bid), new Quantity(1m)))],
        Asks = [.. levels.Select(level => new BookLevel(new Price(level.Ask), new Quantity(3m)))],
    });

    /// <summary>Asks until the answer fits: what the lane took shows with its next pulse.</summary>
    public async Task<System.Text.Json.JsonElement> Eventually(string path, Func<System.Text.Json.JsonElement, bool> fits)
    {
        for (var wait = 0; ; wait++)
        {
            var (status, body) = await Rig.Get(path);
            if (status == 200 && fits(body)) return body;
            if (wait == 200) throw new InvalidOperationException($"{path} never fitted: {body}");
            await Task.Delay(25);
        }
    }

    public ValueTask DisposeAsync() => Rig.DisposeAsync();
}
