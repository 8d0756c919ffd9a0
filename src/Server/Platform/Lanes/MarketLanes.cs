using System.Collections.Concurrent;
using Lastro.Core.Markets;

namespace Lastro.Server.Platform.Lanes;

/// <summary>All lanes of this node: one per core, pairs spread over them by a stable hash of the name.</summary>
internal sealed class MarketLanes(Func<IEnumerable<ILaneStage>> stages, LaneOptions options, FeedState feed, ILogger<MarketLanes> log)
    : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<Symbol, SymbolLane> _symbols = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _opening = new();
    private readonly Lane[] _lanes = Enumerable.Range(0, options.Count > 0 ? options.Count : Environment.ProcessorCount)
        .Select(number => new Lane(number, options.MailboxSize, log)).ToArray();

    private ILaneStage[]? _stages;
    private Task _running = Task.CompletedTask;
    private int _disposed;

    /// <summary>The source's clock and pulse.</summary>
    public FeedState Feed => feed;

    public IReadOnlyList<Lane> Each => _lanes;

    public IEnumerable<SymbolLane> All => _symbols.Values;

    public SymbolLane? Find(Symbol symbol) => _symbols.GetValueOrDefault(symbol);

    /// <summary>The pair's lane, opened at the first call; a later call brings new rules of the pair. Any thread.</summary>
    public SymbolLane Open(Instrument instrument)
    {
        lock (_opening)
        {
            if (_symbols.TryGetValue(instrument.Symbol, out var known))
            {
                known.Update(instrument);
                return known;
            }

            var home = _lanes[StableHash(instrument.Symbol.Value) % (uint)_lanes.Length];
            var lane = new SymbolLane(instrument, home, feed);
            // The first entry of its kind: no event of the pair can be handled before its stages stand.
            home.WriteFirst(LaneItem.Of(lane, l => Staff(l, home)));
            _symbols[instrument.Symbol] = lane;
            return lane;
        }
    }

    public MarketGate Gate(Symbol symbol) => Find(symbol)?.Gate ?? MarketGate.UnknownSymbol;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stages ??= [.. stages().OrderBy(stage => stage.Position)];
        _running = Task.WhenAll([.. _lanes.Select(lane => lane.Run()), Pulse()]);
        return Task.CompletedTask;
    }

    /// <summary>Empties the mailboxes, then ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes) lane.Close();
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // The container holds this object under two names and disposes it once for each.
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
    }

    /// <summary>FNV-1a over the name: the same on every machine and every run, unlike string.GetHashCode.</summary>
    internal static uint StableHash(string name)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 16_777_619u);
        return hash;
    }

    private void Staff(SymbolLane lane, Lane home)
    {
        var slots = new List<StageSlot>();
        foreach (var stage in _stages ?? [])
        {
            try
            {
                slots.Add(new StageSlot(stage.GetType().Name, stage.Position, stage.Open(lane), log));
            }
#pragma warning disable CA1031 // A stage that cannot open must not take the others' place.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.LogError(error, "Stage {Stage} could not open {Symbol}; it sees no event of it", stage.GetType().Name, lane.Symbol);
            }
        }

        lane.Staff([.. slots]);
        home.Add(lane);
    }

    private async Task Pulse()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.PulseMs));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var lane in _lanes) lane.Pulse();
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("The lanes' pulse has ended");
        }
    }
}
