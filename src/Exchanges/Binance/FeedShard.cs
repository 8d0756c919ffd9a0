using System.Net.WebSockets;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Binance;

/// <summary>A share of the followed pairs on one connection, kept alive: it reconnects with growing, jittered pauses and before Binance's 24-hour cut.</summary>
internal sealed class FeedShard(ShardContext context, int number)
{
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Symbol> _wanted = [];
    private readonly Dictionary<Symbol, SymbolFeed> _feeds = [];
    private readonly Random _chance = new(unchecked(context.Seed + (number * 7919)));
    private int _version;

    /// <summary>Number of pairs it serves.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _wanted.Count;
        }
    }

    /// <summary>Rises with every change of the pairs.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>True for the connection that also carries the tickers of all pairs.</summary>
    public bool CarriesTickers => number == 0;

    public bool Follow(Symbol symbol) => Change(symbol, static (set, pair) => set.Add(pair));

    public bool Unfollow(Symbol symbol) => Change(symbol, static (set, pair) => set.Remove(pair));

    /// <summary>The pairs as they are now.</summary>
    public IReadOnlyList<Symbol> Wanted()
    {
        lock (_gate)
            return [.. _wanted];
    }

    /// <summary>Serves until cancelled.</summary>
    public async Task Run(IMarketSink sink, CancellationToken cancellation)
    {
        var options = context.Options;
        for (var pause = options.FirstPause; ;)
        {
            await context.Connects.Spend(cancellation);
            var start = context.Clock.GetTimestamp();
            var end = await Serve(sink, cancellation);
            context.Report(number, PriceSourceState.Reconnecting, end.Reason);
            if (context.Clock.GetElapsedTime(start) >= Settled || end.Planned)
                pause = options.FirstPause;
            await Task.Delay(pause * (0.5 + (_chance.NextDouble() / 2)), context.Clock, cancellation);
            pause = pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause;
        }
    }

    private async Task<ConnectionEnd> Serve(IMarketSink sink, CancellationToken cancellation)
    {
        try
        {
            using var socket = await BinanceSocket.Connect(context.Options, context.Clock, cancellation);
            var age = context.Options.ConnectionAge * (1 - (_chance.NextDouble() / 20));
            var connection = new ShardConnection(context, this, number, sink, _feeds) { LatestEndMs = context.NowMs + (long)age.TotalMilliseconds };
            return await connection.Run(socket, cancellation);
        }
        catch (Exception exception) when (exception is WebSocketException or TimeoutException or IOException or HttpRequestException)
        {
            return new ConnectionEnd($"{exception.Message} {exception.InnerException?.Message}".Trim(), Planned: false);
        }
        finally
        {
            foreach (var feed in _feeds.Values)
                await feed.Disconnected();
        }
    }

    private bool Change(Symbol symbol, Func<HashSet<Symbol>, Symbol, bool> change)
    {
        lock (_gate)
        {
            if (!change(_wanted, symbol))
                return false;
            Volatile.Write(ref _version, _version + 1);
            return true;
        }
    }
}

/// <summary>Why a connection ended. A planned end (age, serverShutdown) is no reason to back off.</summary>
internal readonly record struct ConnectionEnd(string Reason, bool Planned);
