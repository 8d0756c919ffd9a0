using System.Collections.Concurrent;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Binance;

/// <summary>Binance's public spot prices. Followed pairs bring trades, best quotes and the book; all others a ticker a second.</summary>
public sealed class BinancePriceSource : IPriceSource
{
    private const int StreamsPerPair = 4;
    private const long LongestMissedMs = 3_600_000;

    private readonly ShardContext _context;
    private readonly Lock _gate = new();
    private readonly List<FeedShard> _shards = [];
    private readonly ConcurrentDictionary<Symbol, FeedShard> _followed = new();
    private readonly SemaphoreSlim _newShard = new(0);
    private readonly Dictionary<int, PriceSourceState> _states = [];
    private PriceSourceState _state = PriceSourceState.Connecting;
    private IMarketSink? _sink;

    /// <summary>A source that has not connected yet.</summary>
    /// <param name="options">Addresses and limits.</param>
    /// <param name="clock">Time.</param>
    /// <param name="seed">Chance in the pauses between attempts.</param>
    public BinancePriceSource(BinanceOptions options, TimeProvider clock, int seed)
    {
        _context = new ShardContext(options, clock, seed) { Report = Report, Followed = _followed.ContainsKey };
        _shards.Add(new FeedShard(_context, 0));
        _states[0] = PriceSourceState.Connecting;
    }

    /// <inheritdoc/>
    public PriceSourceInfo Info { get; } = new("binance", Simulated: false, HasDepth: true, ReplayClock: false);

    /// <summary>True when Binance answers within <paramref name="timeout"/>: how <c>--Market auto</c> decides.</summary>
    public Task<bool> Reachable(TimeSpan timeout, CancellationToken cancellation) => _context.Rest.Ping(timeout, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Instrument>> LoadInstruments(CancellationToken cancellation) => _context.Rest.Instruments(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Candle>> FetchCandles(
        Symbol symbol, Timeframe timeframe, long fromMs, long toMs, int limit, CancellationToken cancellation) =>
        _context.Rest.Klines(symbol, timeframe, fromMs, toMs, limit, cancellation);

    /// <summary>Fetches the trades that were missed, up to an hour of them, before newer ones pass, as after a reconnect.</summary>
    public ResumeRule Resume(ResumePoint left)
    {
        if (_context.Clock.GetUtcNow().ToUnixTimeMilliseconds() - left.TimeMs > LongestMissedMs) return ResumeRule.FreshPrice;
        _context.Left = left.TradeIds;
        return ResumeRule.MissedTrades;
    }

    /// <inheritdoc/>
    public void Follow(Symbol symbol)
    {
        lock (_gate)
        {
            if (_followed.ContainsKey(symbol))
                return;
            // One stream is left for the tickers of all pairs.
            var room = (_context.Options.StreamsPerConnection - 1) / StreamsPerPair;
            var shard = _shards.Find(shard => shard.Count < room);
            if (shard is null)
            {
                shard = new FeedShard(_context, _shards.Count);
                _states[_shards.Count] = PriceSourceState.Connecting;
                _shards.Add(shard);
                _newShard.Release();
            }

            shard.Follow(symbol);
            _followed[symbol] = shard;
        }
    }

    /// <inheritdoc/>
    public void Unfollow(Symbol symbol)
    {
        lock (_gate)
        {
            if (_followed.TryRemove(symbol, out var shard))
                shard.Unfollow(symbol);
        }
    }

    /// <inheritdoc/>
    public async Task Run(IMarketSink sink, CancellationToken cancellation)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _sink = sink;
        sink.State(PriceSourceState.Connecting, null);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                lock (_gate)
                    running.AddRange(_shards.Skip(running.Count).Select(shard => shard.Run(sink, life.Token)));
                var grown = _newShard.WaitAsync(life.Token);
                await await Task.WhenAny([.. running, grown]);
            }
        }
        finally
        {
            await life.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _sink = null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _context.Dispose();
        _newShard.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Report(int shard, PriceSourceState state, string? detail)
    {
        lock (_gate)
        {
            _states[shard] = state;
            var all = _states.Values.All(one => one == PriceSourceState.Live) ? PriceSourceState.Live
                : _states.Values.Any(one => one == PriceSourceState.Reconnecting) || _state != PriceSourceState.Connecting
                    ? PriceSourceState.Reconnecting
                    : PriceSourceState.Connecting;
            if (all == _state && detail is null)
                return;
            _state = all;
            _sink?.State(all, detail);
        }
    }
}
