using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lastro.Server.ApiKeys;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>
/// Names under which an account's events may be heard without a signature, for an hour from their last use. One per account. In memory: after
/// a restart a client asks for a new one, as after an hour of silence. A name is worth nothing once the key that asked for it is revoked.
/// </summary>
internal sealed class ListenKeys(ApiKeyDesk keys, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(60);

    private const int Length = 64;
    private const int SweepEvery = 256;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly ConcurrentDictionary<string, Entry> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> _ofAccount = [];
    private readonly Lock _changing = new();
    private int _given;

    /// <summary>The account's name, for another hour; a new one where there is none in force.</summary>
    public string Give(KnownKey key)
    {
        lock (_changing)
        {
            if (_ofAccount.TryGetValue(key.Account, out var known) && Find(known) is not null)
            {
                // The key that asks last vouches for it.
                _names[known] = new Entry(key, time.GetUtcNow() + Life);
                return known;
            }

            if (known is not null) _ = _names.TryRemove(known, out _);
            if (++_given % SweepEvery == 0) Sweep();
            var name = RandomNumberGenerator.GetString(Letters, Length);
            _names[name] = new Entry(key, time.GetUtcNow() + Life);
            _ofAccount[key.Account] = name;
            return name;
        }
    }

    /// <summary>Whose events the name stands for; null when there is no such name, its hour has passed, or its key is no longer in force.</summary>
    public KnownKey? Find(string name) => _names.TryGetValue(name, out var entry) && entry.Until > time.GetUtcNow() && keys.InForce(entry.Key) ? entry.Key : null;

    /// <summary>Another hour for the caller's own name; false when it has no such name.</summary>
    public bool Keep(string name, KnownKey caller)
    {
        lock (_changing)
        {
            if (Find(name) is not { } known || known.Account != caller.Account) return false;
            _names[name] = new Entry(caller, time.GetUtcNow() + Life);
            return true;
        }
    }

    /// <summary>Ends the caller's own name; false when it has no such name.</summary>
    public bool End(string name, KnownKey caller)
    {
        lock (_changing)
        {
            if (Find(name) is not { } known || known.Account != caller.Account) return false;
            _ = _names.TryRemove(name, out _);
            _ = _ofAccount.Remove(caller.Account);
            return true;
        }
    }

    private void Sweep()
    {
        foreach (var (account, name) in _ofAccount.ToList())
        {
            if (Find(name) is not null) continue;
            _ = _names.TryRemove(name, out _);
            _ = _ofAccount.Remove(account);
        }
    }

    private sealed record Entry(KnownKey Key, DateTimeOffset Until);
}
