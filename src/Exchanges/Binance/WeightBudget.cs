namespace Lastro.Exchanges.Binance;

/// <summary>
/// One purse of request weight for everything this program asks of Binance's REST API: spending waits for the next minute
/// when it is empty, the exchange's own count (X-MBX-USED-WEIGHT-1M) overrules ours, and after 429 or 418 nothing is sent
/// until Retry-After has passed. Rules: rest-api.md, "IP Limits".
/// </summary>
internal sealed class WeightBudget(int perMinute, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _margin = TimeSpan.FromMilliseconds(50);
    private long _minute;
    private int _used;
    private DateTimeOffset _bannedUntil;

    /// <summary>Until when the exchange does not want to hear from us; in the past when it does.</summary>
    public DateTimeOffset BannedUntil
    {
        get
        {
            lock (_gate)
                return _bannedUntil;
        }
    }

    /// <summary>Weight spent in this minute, as far as known.</summary>
    public int Used
    {
        get
        {
            lock (_gate)
            {
                Turn(clock.GetUtcNow());
                return _used;
            }
        }
    }

    /// <summary>Waits until <paramref name="weight"/> may be spent, and spends it. False, at once and unspent, when that is further off than <paramref name="patience"/>.</summary>
    public async ValueTask<bool> Spend(int weight, TimeSpan patience, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var wait = TrySpend(weight);
            if (wait == TimeSpan.Zero)
                return true;
            if (wait > patience - clock.GetElapsedTime(start))
                return false;
            await Task.Delay(wait, clock, cancellation);
        }
    }

    /// <summary>Takes the exchange's own count of this minute.</summary>
    public void Counted(int used)
    {
        lock (_gate)
        {
            Turn(clock.GetUtcNow());
            _used = Math.Max(_used, used);
        }
    }

    /// <summary>The exchange refused (429) or banned (418) us.</summary>
    public void Refused(TimeSpan retryAfter)
    {
        lock (_gate)
        {
            var until = clock.GetUtcNow() + retryAfter;
            _bannedUntil = until > _bannedUntil ? until : _bannedUntil;
        }
    }

    private TimeSpan TrySpend(int weight)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now < _bannedUntil)
                return _bannedUntil - now + _margin;
            Turn(now);
            if (_used > 0 && _used + weight > perMinute)
                return DateTimeOffset.FromUnixTimeSeconds((_minute + 1) * 60) - now + _margin;
            _used += weight;
            return TimeSpan.Zero;
        }
    }

    private void Turn(DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (minute == _minute)
            return;
        (_minute, _used) = (minute, 0);
    }
}
