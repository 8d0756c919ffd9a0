using System.Diagnostics;
using Lastro.Bounds;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Lanes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lastro.Bench;

/// <summary>Trades through one lane: mailbox, sanity gate, and a stage that builds candles and the 24 h statistics.</summary>
internal static class LaneScenario
{
    private const int Loops = 200;

    public static async Task Run(string shared)
    {
        var trades = Recording.Trades(shared);
        var bound = Meter.Measure(trades.Count, () => MinuteLoop.Run(trades));
        var rates = new List<double>();
        var bytes = 0.0;
        for (var round = 0; round < 5; round++)
        {
            var (rate, allocated) = await Round(trades);
            rates.Add(rate);
            bytes = allocated;
        }

        Meter.Print("lane, trades", (rates.Skip(1).Order().ElementAt(2), bytes), "the decimal sums alone", bound, ">= 1 M/s");
    }

    private static async Task<(double PerSecond, double Bytes)> Round(List<MarketTrade> trades)
    {
        var feed = new FeedState(TimeProvider.System) { ReplayClock = true, Sanity = SanityLimits.Replay };
        await using var lanes = new MarketLanes(() => [new CandleStage()], new LaneOptions { Count = 1 }, feed, NullLogger<MarketLanes>.Instance);
        await lanes.StartAsync(CancellationToken.None);
        var lane = lanes.Open(new Instrument
        {
            Symbol = new Symbol("BTCUSDT"),
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 0.01m,
            StepSize = 0.00001m,
            MinQuantity = 0.00001m,
            MinNotional = 5m,
        });
        var (clock, before) = (Stopwatch.StartNew(), GC.GetTotalAllocatedBytes());
        for (var loop = 0; loop < Loops; loop++)
        {
            foreach (var trade in trades)
                await lane.Trade(trade with { Id = trade.Id + ((long)loop * trades.Count), TimeMs = trade.TimeMs + (loop * 360_000L) });
        }

        var last = await lane.Ask(symbol => symbol.LastTrade!.Value.Id);
        var sent = (long)Loops * trades.Count;
        return last - trades[0].Id + 1 == sent
            ? (sent / clock.Elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes() - before) / (double)sent)
            : throw new InvalidDataException("the lane lost trades");
    }

    private sealed class CandleStage : ILaneStage
    {
        public StagePosition Position => StagePosition.Candles;

        public ISymbolStage Open(SymbolLane lane) => new Pair();

        private sealed class Pair : ISymbolStage
        {
            private readonly CandleBuilder _builder = new();
            private readonly TickerWindow _window = new();
            private readonly List<EndedCandle> _ended = [];

            public void OnTrade(in MarketTrade trade)
            {
                _ended.Clear();
                _builder.Add(trade, _ended);
                _window.Add(trade);
            }

            public void OnTop(in BookTop top)
            {
                // Trades only.
            }

            public void OnDepth(Depth depth)
            {
                // Trades only.
            }

            public void OnBookLost()
            {
                // Trades only.
            }

            public void OnPulse(long nowMs)
            {
                // Trades only.
            }
        }
    }
}
