using System.Globalization;
using System.Text.Json;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Replay;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Markets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>
/// The whole server (lane threads, pulses, settlement, PostgreSQL) over the recording at full speed: orders placed while it waits fill as
/// <see cref="RecordedLane"/> says, which the reference confirms. So a recorded day replays to the same last digit.
/// </summary>
public sealed class ReplayedServerTests
{
    private const string Recording = "data/streams/binance_spot_btcusdt_20240808.txt.gz";
    private const decimal MostEach = 0.05m;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SharedFact(Recording)]
    public async Task Orders_placed_while_the_replay_waits_fill_as_the_lane_alone_says()
    {
        var (recording, events) = (SharedData.Path(Recording), RecordedEvent.All(Recording));
        var stop = Enumerable.Range(5_000, events.Count).First(at => events[at].Kind == EventKind.Trade);
        var folder = Directory.CreateTempSubdirectory("lastro-replayed-").FullName;
        var plan = Plan((await ReferenceRun.Generate(seed: 7, count: 400, recording, folder)).Orders, stop);
        var expected = (await RecordedLane.Run(recording, events, plan)).Select(outcome => (outcome.Status, Fills: string.Join('\n', outcome.Fills.Select(fill => $"{fill with { Event = 0 }}")))).ToList();
        expected.Sum(order => order.Fills.Split('\n').Length).ShouldBeGreaterThan(100);

        var scripted = new ScriptedSource(replay: true, "BTCUSDT");
        await using var host = await TestHost.Start(
            services => services.AddSingleton(new MarketSources(_ => Task.FromResult(scripted.Open()), folder, NullLoggerFactory.Instance)), null, "--Wallets:Grant", "5000000");
        await using var source = new ReplaySource(new ReplayOptions { Path = recording, Symbol = "BTCUSDT", Speed = "max" }, TimeProvider.System);
        var gate = new GatedSink(await scripted.Sink, events[stop].Id);
        var playing = source.Run(gate, default);
        await gate.Waiting.WaitAsync(Patience);
        var lane = host.Services.GetRequiredService<MarketLanes>().Find(new Symbol("BTCUSDT"))!;
        await lane.Ask(_ => 0);

        var trader = await Trader.New(host);
        var ids = new List<string?>();
        foreach (var order in plan) ids.Add((await trader.Place(Fields(order)))["id"]);
        gate.Open();
        await playing.WaitAsync(Patience);
        await lane.Ask(_ => 0);

        var actual = await Outcomes(trader, ids);
        for (var wait = 0; wait < 100 && !actual.SequenceEqual(expected); wait++)
        {
            await Task.Delay(100);
            actual = await Outcomes(trader, ids);
        }

        actual.ShouldBe(expected);
    }

    /// <summary>All after one event, small enough for one account; a purchase first pays for the sells. Market orders with a hold that may run out are left out.</summary>
    private static List<PlannedOrder> Plan(IReadOnlyList<PlannedOrder> orders, int stop) =>
    [
        new PlannedOrder { Id = 1, AfterEvent = stop, Side = "buy", Type = "market", Quantity = "12" },
        .. orders.Where(order => order.Quantity is not null && (order.Side == "sell" || order.Price is not null) && Number(order.Quantity) > 0.001m).Select((order, place) => order with
        {
            Id = place + 2,
            AfterEvent = stop,
            Model = null,
            Quantity = Decimals.ToPlain(Math.Min(Number(order.Quantity!), MostEach)),
        }),
    ];

    private static object Fields(PlannedOrder order) => new
    {
        side = order.Side,
        type = order.Type,
        timeInForce = order.TimeInForce,
        postOnly = order.PostOnly,
        quantity = order.Quantity,
        price = order.Price,
        triggerPrice = order.TriggerPrice,
        activationPrice = order.ActivationPrice,
        trailingDelta = order.TrailingDelta,
    };

    private static async Task<List<(string Status, string Fills)>> Outcomes(Trader trader, IEnumerable<string?> ids)
    {
        var fills = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await trader.Get($"/api/v1/fills?limit=500{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            fills.AddRange(page.Items);
            cursor = page["nextCursor"];
        }

        var ofOrder = fills.ToLookup(fill => fill.GetProperty("orderId").GetString());
        var outcomes = new List<(string, string)>();
        foreach (var id in ids)
        {
            if (id is null) outcomes.Add(("rejected", ""));
            else outcomes.Add(((await trader.Show(id))["status"]!, string.Join('\n', ofOrder[id].Reverse().Select(Read))));
        }

        return outcomes;
    }

    private static string Read(JsonElement fill)
    {
        string Text(string name) => fill.GetProperty(name).GetString()!;
        var cause = fill.GetProperty("cause");
        return new OutcomeFill(
            Text("price"), Text("quantity"), fill.GetProperty("maker").GetBoolean(), Text("fee"), Text("feeAsset"), 0,
            new OutcomeCause(
                cause.GetProperty("kind").GetString()!, long.Parse(cause.GetProperty("id").GetString()!, CultureInfo.InvariantCulture), cause.GetProperty("price").GetString()!)).ToString();
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Passes events on up to a trade, then waits until it is opened. The source's end is kept to itself.</summary>
    private sealed class GatedSink(IMarketSink market, long stopAfterTrade) : IMarketSink, ISymbolSink
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ISymbolSink _symbol = null!;

#pragma warning disable VSTHRD003 // The replay completes it.
        public Task Waiting => _waiting.Task;
#pragma warning restore VSTHRD003

        public void Open() => _open.TrySetResult();

        public ISymbolSink Open(Symbol symbol)
        {
            _symbol = market.Open(symbol);
            return this;
        }

        public void Heard() => market.Heard();

        public void State(PriceSourceState state, string? detail)
        {
            if (state != PriceSourceState.Ended) market.State(state, detail);
        }

        public void Ticker(in TickerUpdate ticker) => market.Ticker(ticker);

        public async ValueTask Trade(MarketTrade trade)
        {
            await _symbol.Trade(trade);
            if (trade.Id != stopAfterTrade) return;
            _waiting.TrySetResult();
#pragma warning disable VSTHRD003 // The test completes it.
            await _open.Task;
#pragma warning restore VSTHRD003
        }

        public ValueTask Top(BookTop top) => _symbol.Top(top);

        public ValueTask Depth(Depth depth) => _symbol.Depth(depth);

        public ValueTask BookLost() => _symbol.BookLost();
    }
}
