using System.Diagnostics;
using Lastro.Bounds;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Json;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Streaming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lastro.Bench;

/// <summary>One trade stream to a thousand sockets, from the trade's entry into its lane to the frame at the client; beside it a bare Kestrel that sends the same frame.</summary>
internal static class FanOutScenario
{
    private const int Clients = 1_000;
    private const int Batch = 200;
    private const int Rounds = 7;
    private const int BatchesInRound = 5;
    private const int QuickClients = 20;
    private const int SlowClients = 100;
    private const int SlowBatches = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task Run(string shared)
    {
        await using var product = await Product.Start();
        await using var bare = await BareSockets.Start();
        var frame = product.Frame();
        var (ours, theirs) = (await Clients1000(product.Address, "/binance/ws/btcusdt@trade"), await Clients1000(bare.Address, "/ws"));
        while (bare.Count < Clients) await Task.Delay(10);
        await product.Heard();

        var (rates, bounds, bytes) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var rate = await Measure(ours, product.Send);
            var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Batch * BatchesInRound) / Clients;
            var bound = await Measure(theirs, times => bare.Send(frame, times));
            if (round < 0) continue;
            rates.Add(rate);
            bounds.Add(bound);
            bytes.Add(allocated);
        }

        Meter.Print($"fan-out, 1 trade to {Clients} sockets", (Middle(rates), Middle(bytes)), $"bare Kestrel, {frame.Length} bytes", (Middle(bounds), 0), ">= 60 %, 0 B");
        foreach (var client in theirs.Concat(ours.Skip(QuickClients))) client.Dispose();
        ours.RemoveRange(QuickClients, ours.Count - QuickClients);
        theirs.Clear();
        while (product.Sockets > QuickClients) await Task.Delay(10);
        await Slow(product, ours);
        foreach (var client in ours) client.Dispose();
    }

    /// <summary>Clients that never read, beside some that do: what is held for them must not grow, and they must be gone in the end.</summary>
    private static async Task Slow(Product product, List<FrameCounter> quick)
    {
        var slow = new List<FrameCounter>();
        for (var i = 0; i < SlowClients; i++) slow.Add(await FrameCounter.Open(product.Address, "/binance/ws/btcusdt@trade", reads: false));
        var sockets = product.Sockets;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, gone) = (0L, 0);
        for (var batch = 1; batch <= SlowBatches; batch++)
        {
            await Measure(quick, product.Send, batches: 1);
            if (gone == 0 && product.Sockets == quick.Count) gone = batch * Batch;
            if (batch % 25 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        var clock = Stopwatch.StartNew();
        while (product.Sockets > quick.Count && clock.Elapsed < Patience) await Task.Delay(100);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(
            $"slow readers: {slow.Count} beside {quick.Count}, {SlowBatches * Batch} frames: sockets {sockets} -> {product.Sockets} (dropped {(gone > 0 ? $"within {gone} frames" : "after the last frame")}); heap {before >> 10} kB, at most {most >> 10} kB, in the end {after >> 10} kB; the others got every frame");
        foreach (var client in slow) client.Dispose();
    }

    private static async Task<List<FrameCounter>> Clients1000(Uri address, string path)
    {
        var clients = new List<FrameCounter>();
        for (var i = 0; i < Clients; i++) clients.Add(await FrameCounter.Open(address, path));
        return clients;
    }

    /// <summary>Frames delivered a second, all of them counted at the clients.</summary>
    private static async Task<double> Measure(List<FrameCounter> clients, Func<int, Task> send, int batches = BatchesInRound)
    {
        var clock = Stopwatch.StartNew();
        for (var batch = 0; batch < batches; batch++)
        {
            var wanted = clients[0].Frames + Batch;
            var sending = send(Batch);
            foreach (var client in clients)
            {
                while (client.Frames < wanted)
                {
                    if (clock.Elapsed > Patience) throw new TimeoutException($"a client has {client.Frames} of {wanted} frames");
                    await Task.Delay(1);
                }
            }

            await sending;
        }

        return (double)batches * Batch * clients.Count / clock.Elapsed.TotalSeconds;
    }

    private static double Middle(List<double> all) => all.Order().ElementAt(all.Count / 2);

    /// <summary>Lanes, markets and streams on Kestrel: the server without what has no part in it.</summary>
    private sealed class Product : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly string _folder;
        private readonly ISymbolSink _pair;
        private long _id;

        private Product(WebApplication app, string folder, ISymbolSink pair) => (_app, _folder, _pair) = (app, folder, pair);

        public Uri Address => new(_app.Urls.First());

        public int Sockets => _app.Services.GetRequiredService<WireSockets>().Count;

        public static async Task<Product> Start()
        {
            var folder = Directory.CreateTempSubdirectory("lastro-bench-").FullName;
            var source = new HandSource();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton(new StreamAuth());
            builder.Services.AddJson();
            builder.Services.AddLanes(builder.Configuration);
            builder.Services.AddStreaming(builder.Configuration);
            builder.Services.AddMarkets(MarketsOptions.From(builder.Configuration, folder));
            builder.Services.AddSingleton(new MarketSources(_ => Task.FromResult(source.Open()), Path.Combine(folder, "archive"), NullLoggerFactory.Instance));
            // The clients answer no pings.
            builder.Configuration.AddInMemoryCollection([new("BinanceApi:Sockets:PingSeconds", "3600")]);
            builder.Services.AddMarketStreams(builder.Configuration);
            var app = builder.Build();
            app.UseWebSockets();
            app.MapMarketStreams();
            await app.StartAsync();
#pragma warning disable VSTHRD003 // The source completes it when it is opened, above.
            return new Product(app, folder, (await source.Sink.Task).Open(new Symbol("BTCUSDT")));
#pragma warning restore VSTHRD003
        }

        public async Task Send(int times)
        {
            for (var i = 0; i < times; i++)
                await _pair.Trade(new MarketTrade(++_id, new Price(61_837.63m), new Quantity(0.02m), 1_723_161_300_000 + (_id / 10), BuyerIsMaker: true));
        }

        /// <summary>The same bytes for the bound.</summary>
        public ReadOnlyMemory<byte> Frame()
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using var json = new System.Text.Json.Utf8JsonWriter(buffer);
            StreamEvents.Trade(json, new Symbol("BTCUSDT"), new MarketTrade(1_000, new Price(61_837.63m), new Quantity(0.02m), 1_723_161_300_000, true), 1_723_161_300_000);
            json.Flush();
            return buffer.WrittenMemory;
        }

        public async Task Heard()
        {
            while (Sockets < Clients) await Task.Delay(10);
            await Task.Delay(200);
        }

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>A source whose only pair trades when it is told to.</summary>
    private sealed class HandSource : IPriceSource
    {
        public TaskCompletionSource<IMarketSink> Sink { get; } = new();

        public PriceSourceInfo Info { get; } = new("replay", Simulated: false, HasDepth: false, ReplayClock: true);

        public OpenMarket Open() => new() { Source = this, ArchiveName = "bench", Description = "bench", Sanity = SanityLimits.Replay };

        public Task<IReadOnlyList<Instrument>> LoadInstruments(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Instrument>>(
            [new Instrument { Symbol = new("BTCUSDT"), Base = new("BTC"), Quote = new("USDT"), TickSize = 0.01m, StepSize = 0.00001m, MinQuantity = 0.00001m, MinNotional = 5m }]);

        public ResumeRule Resume(ResumePoint left) => ResumeRule.FreshPrice;

        public async Task Run(IMarketSink sink, CancellationToken cancellation)
        {
            sink.State(PriceSourceState.Live, null);
            Sink.TrySetResult(sink);
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        public void Follow(Symbol symbol)
        {
            // There is one pair, and it is always sent.
        }

        public void Unfollow(Symbol symbol)
        {
            // As above.
        }

        public Task<IReadOnlyList<Candle>> FetchCandles(Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int limit, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Candle>>([]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
