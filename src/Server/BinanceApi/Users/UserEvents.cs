using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>Who listens to which account's events. An event is written once, for all that listen.</summary>
internal sealed class UserEvents
{
    private readonly ConcurrentDictionary<Guid, ImmutableArray<Listener>> _listeners = new();

    /// <summary>Has an account's events told, in the order they were committed, until disposed. <paramref name="heard"/> must not wait.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="heard">Gets the event object as UTF-8 JSON.</param>
    public IDisposable Listen(Guid account, Action<ReadOnlyMemory<byte>> heard)
    {
        var listener = new Listener(this, account, heard);
        _listeners.AddOrUpdate(account, [listener], (_, known) => known.Add(listener));
        return listener;
    }

    /// <summary>True when somebody listens; an event nobody hears need not be written.</summary>
    public bool Heard(Guid account) => _listeners.ContainsKey(account);

    public void Tell(Guid account, ReadOnlyMemory<byte> text)
    {
        if (!_listeners.TryGetValue(account, out var known)) return;
        foreach (var listener in known) listener.Heard(text);
    }

    private void Leave(Listener listener)
    {
        while (_listeners.TryGetValue(listener.Account, out var known))
        {
            var rest = known.Remove(listener);
            if (rest.IsEmpty ? _listeners.TryRemove(new(listener.Account, known)) : _listeners.TryUpdate(listener.Account, rest, known)) return;
        }
    }

    private sealed record Listener(UserEvents Events, Guid Account, Action<ReadOnlyMemory<byte>> Heard) : IDisposable
    {
        public void Dispose() => Events.Leave(this);

        public bool Equals(Listener? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
