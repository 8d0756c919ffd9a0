using Lastro.Bounds;
using Lastro.Core.Markets;
using Lastro.Exchanges.Replay;
using Lastro.Exchanges.Shared;

namespace Lastro.Bench;

internal static class ReplayScenario
{
    public static async Task Run(string shared)
    {
        var trades = Recording.Trades(shared);
        var bound = Meter.Measure(trades.Count, () => MinuteLoop.Run(trades));
        var minutes = Path.Combine(shared, "data/candles/binance_spot_1m/BTCUSDT_202407_08.csv.gz");
        Meter.Print("replay of candles, events", await Measure(minutes), "the decimal sums alone", bound);
        Meter.Print("replay of the recording, events", await Measure(Path.Combine(shared, Recording.Stream)), "the decimal sums alone", bound);
    }

    private static async Task<(double PerSecond, double Bytes)> Measure(string path)
    {
        var rates = new List<double>();
        var bytes = 0.0;
        for (var round = 0; round < 4; round++)
        {
            await using var source = new ReplaySource(new ReplayOptions { Path = path, Speed = "max" }, TimeProvider.System);
            await source.LoadInstruments(CancellationToken.None);
            var sink = new CountingSink();
            var (clock, before) = (System.Diagnostics.Stopwatch.StartNew(), GC.GetTotalAllocatedBytes());
            await source.Run(sink, CancellationToken.None);
            rates.Add(sink.Count / clock.Elapsed.TotalSeconds);
            bytes = (GC.GetTotalAllocatedBytes() - before) / (double)sink.Count;
        }

        return (rates.Skip(1).Order().ElementAt(1), bytes);
    }

    private sealed class CountingSink : IMarketSink, ISymbolSink
    {
        public long Count { get; private set; }

        public ISymbolSink Open(Symbol symbol) => this;

        public void Heard()
        {
            // Signs of life are not counted.
        }

        public void State(PriceSourceState state, string? detail)
        {
            // Neither are states.
        }

        public void Ticker(in TickerUpdate ticker) => Count++;

        public ValueTask Trade(MarketTrade trade) => Counted();

        public ValueTask Top(BookTop top) => Counted();

        public ValueTask Depth(Depth depth) => Counted();

        public ValueTask BookLost() => Counted();

        private ValueTask Counted()
        {
            Count++;
            return ValueTask.CompletedTask;
        }
    }
}
