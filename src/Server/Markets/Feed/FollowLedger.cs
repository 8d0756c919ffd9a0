using System.Collections.Concurrent;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Server.Markets.Feed;

/// <summary>Which pairs the source must send in full: those watched, asked for a short while ago, or named by a room (open orders, stars).</summary>
internal sealed class FollowLedger(MarketBoard board, TimeProvider time)
{
    /// <summary>How long a pair is followed after the last need of it.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Symbol, long> _needed = new();
    private readonly HashSet<Symbol> _followed = [];
    private Func<IEnumerable<Symbol>>[] _reasons = [];

    /// <summary>A room's own need, asked for once a second. At start-up only.</summary>
    public void AddReason(Func<IEnumerable<Symbol>> reason) => _reasons = [.. _reasons, reason];

    /// <summary>Someone looks at the pair now.</summary>
    public void Need(Symbol symbol)
    {
        _needed[symbol] = time.GetTimestamp();
        board.Running?.Source.Follow(symbol);
    }

    public async Task Run(IPriceSource source, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            await Balance(source);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task Balance(IPriceSource source)
    {
        foreach (var desk in board.Desks.Where(desk => desk.Watched)) _needed[desk.Symbol] = time.GetTimestamp();
        foreach (var symbol in _reasons.SelectMany(reason => reason())) _needed[symbol] = time.GetTimestamp();
        foreach (var (symbol, since) in _needed)
        {
            if (time.GetElapsedTime(since) > Linger) _needed.TryRemove(symbol, out _);
            else if (_followed.Add(symbol)) source.Follow(symbol);
        }

        foreach (var symbol in _followed.Where(symbol => !_needed.ContainsKey(symbol)).ToList())
        {
            source.Unfollow(symbol);
            _followed.Remove(symbol);
            // Nobody keeps its book any more: an old picture must not be taken for the market.
            if (!source.Info.ReplayClock && board.Find(symbol) is { } desk && source.Info.Name == "binance") await desk.Lane.BookLost();
        }
    }
}
