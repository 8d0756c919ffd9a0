namespace Lastro.Exchanges.Binance;

/// <summary>Keeps the number of connection attempts of all connections in any five minutes below a limit. Rule: 300 for one address (web-socket-streams.md).</summary>
internal sealed class ConnectBudget(int limit, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private readonly Queue<long> _attempts = new();

    /// <summary>Waits for the turn of one attempt.</summary>
    public async ValueTask Spend(CancellationToken cancellation)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                while (_attempts.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= Window)
                    _attempts.Dequeue();
                if (_attempts.Count < limit)
                {
                    _attempts.Enqueue(clock.GetTimestamp());
                    return;
                }

                wait = Window - clock.GetElapsedTime(_attempts.Peek());
            }

            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), clock, cancellation);
        }
    }
}
