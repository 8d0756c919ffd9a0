namespace Lastro.Server.Markets.Feed;

/// <summary>
/// How many candles of the past a caller may have fetched and kept in an hour. Without it anybody could grow the archive by a thousand
/// candles a request. Who has used up theirs is answered from what is stored.
/// </summary>
internal sealed class CandleAllowance(MarketsOptions options, TimeProvider time)
{
    /// <summary>Begins the name of an asker who is signed in; every other name is a network.</summary>
    public const string User = "user:";

    private const long HourMs = 3_600_000;

    /// <summary>Askers that are counted one by one; more in one hour get nothing fetched.</summary>
    private const int MostAskers = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private long _hour;
    private long _anonymous;

    /// <summary>Counts candles; false, and nothing counted, when they are more than is left.</summary>
    public bool Take(string asker, int candles)
    {
        var anonymous = !asker.StartsWith(User, StringComparison.Ordinal);
        lock (_gate)
        {
            var hour = time.GetUtcNow().ToUnixTimeMilliseconds() / HourMs;
            if (hour != _hour)
            {
                (_hour, _anonymous) = (hour, 0);
                _taken.Clear();
            }

            if (anonymous && options.AnonymousCandlesPerHour > 0 && _anonymous + candles > options.AnonymousCandlesPerHour) return false;
            if (options.CandlesPerHourPerAsker > 0)
            {
                var known = _taken.TryGetValue(asker, out var taken);
                if (taken + candles > options.CandlesPerHourPerAsker || (!known && _taken.Count >= MostAskers)) return false;
                _taken[asker] = taken + candles;
            }

            if (anonymous) _anonymous += candles;
            return true;
        }
    }
}
