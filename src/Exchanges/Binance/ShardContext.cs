using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Binance;

/// <summary>What all connections of one source share.</summary>
internal sealed class ShardContext(BinanceOptions options, TimeProvider clock, int seed) : IDisposable
{
    private readonly long _start = clock.GetTimestamp();

    public BinanceOptions Options => options;

    public TimeProvider Clock => clock;

    public int Seed => seed;

    /// <summary>Milliseconds that only go forward; never 0.</summary>
    public long NowMs => (long)clock.GetElapsedTime(_start).TotalMilliseconds + 1;

    public BinanceRest Rest { get; } = new(options, new WeightBudget(options.WeightPerMinute, clock), clock);

    public ConnectBudget Connects { get; } = new(options.ConnectsPerFiveMinutes, clock);

    /// <summary>Turns of the pairs that fetch trades or snapshots.</summary>
    public SemaphoreSlim Requests { get; } = new(options.ParallelRequests);

    /// <summary>Takes a shard's state and a line for the log.</summary>
    public required Action<int, PriceSourceState, string?> Report { get; init; }

    /// <summary>The last trade's id of pairs from before a restart: what came after it is fetched first.</summary>
    public IReadOnlyDictionary<Symbol, long> Left { get; set; } = new Dictionary<Symbol, long>();

    /// <summary>True for a pair that some shard follows.</summary>
    public required Func<Symbol, bool> Followed { get; init; }

    public void Dispose()
    {
        Rest.Dispose();
        Requests.Dispose();
    }
}
