using System.Collections.Concurrent;
using System.Net;
using Lastro.Server.Platform.Database;

namespace Lastro.Server.ApiKeys;

/// <summary>
/// The keys that were used since the start, in memory. Each is read once; that one ended is learnt at once when it ended here, else by
/// <see cref="KeyWatch"/>. While its news are older than 3 s the database itself is asked.
/// </summary>
internal sealed class KeyRing(KeyStore store, TimeProvider clock, DatabaseWatch database) : IDisposable
{
    private const int MostLookups = 8;
    private const int MostUnknown = 10_000;
    private const long UnknownForMs = 5_000;
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, HeldKey> _byText = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (HeldKey Held, string Text)> _byId = new();
    private readonly ConcurrentDictionary<string, long> _unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, DateTimeOffset> _ended = [];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _lookups = new(MostLookups);
    private long _newsAt;
    private bool _news;

    /// <inheritdoc cref="ApiKeyDesk.Find"/>
    public ValueTask<KnownKey?> Find(string key, IPAddress? from, CancellationToken cancellation)
    {
        if (_byText.TryGetValue(key, out var held) && Fresh) return ValueTask.FromResult(Admit(held, from));
        return KeyText.CouldBeKey(key) ? Ask(key, held, from, cancellation) : ValueTask.FromResult<KnownKey?>(null);
    }

    /// <summary>A key that was used since the start and is in force as far as is known here; null otherwise.</summary>
    public HeldKey? Held(Guid id) => _byId.TryGetValue(id, out var known) && !Expired(known.Held) ? known.Held : null;

    /// <summary>All keys in memory.</summary>
    public IEnumerable<HeldKey> All => _byId.Values.Select(known => known.Held);

    /// <summary>Tells of keys that have ended, wherever; they are forgotten before this returns.</summary>
    public void Ended(IReadOnlyCollection<Guid> ids)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                _ended[id] = now;
                Drop(id);
            }
        }
    }

    /// <summary>The news up to <paramref name="begun"/> are in. What ended before <paramref name="forget"/> no look-up can still be carrying.</summary>
    public void Refreshed(long begun, DateTimeOffset forget)
    {
        lock (_gate)
        {
            foreach (var old in _ended.Where(one => one.Value < forget).Select(one => one.Key).ToList()) _ended.Remove(old);
            foreach (var (id, known) in _byId)
            {
                if (Expired(known.Held)) Drop(id);
            }
        }

        Volatile.Write(ref _newsAt, begun);
        Volatile.Write(ref _news, true);
    }

    public void Dispose() => _lookups.Dispose();

    private bool Fresh => Volatile.Read(ref _news) && clock.GetElapsedTime(Volatile.Read(ref _newsAt)) <= _fresh;

    private async ValueTask<KnownKey?> Ask(string key, HeldKey? held, IPAddress? from, CancellationToken cancellation)
    {
        if (held is null && _unknown.TryGetValue(key, out var since) && NowMs - since < UnknownForMs) return null;
        // At once, not after a time-out.
        if (database.Away) throw new TimeoutException("The database does not answer.");
        // Strangers with made-up keys must not take all connections.
        await _lookups.WaitAsync(cancellation);
        try
        {
            if (held is not null) return await store.Stands(held.Key.Id, cancellation) ? Admit(held, from) : null;
            held = await store.Load(KeyText.HashOf(key), cancellation);
        }
        finally
        {
            _lookups.Release();
        }

        if (held is not null) return Keep(key, held) is { } kept ? Admit(kept, from) : null;
        if (_unknown.Count >= MostUnknown) _unknown.Clear();
        _unknown[key] = NowMs;
        return null;
    }

    /// <summary>Null when it ended while it was being read.</summary>
    private HeldKey? Keep(string key, HeldKey held)
    {
        lock (_gate)
        {
            if (_ended.ContainsKey(held.Key.Id)) return null;
            var (kept, _) = _byId.GetOrAdd(held.Key.Id, (held, key));
            _byText[key] = kept;
            return kept;
        }
    }

    private void Drop(Guid id)
    {
        if (!_byId.TryRemove(id, out var known)) return;
        _byText.TryRemove(known.Text, out _);
        known.Held.Forget();
    }

    private KnownKey? Admit(HeldKey held, IPAddress? from)
    {
        var now = NowMs;
        if (now >= held.ExpiresAtMs || !held.Allows(from)) return null;
        held.NoteUse(now, from);
        return held.Key;
    }

    private bool Expired(HeldKey held) => NowMs >= held.ExpiresAtMs;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
