using System.Collections.Concurrent;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Platform.Streaming;

/// <summary>The channels that rooms offer, who listens to each, and the open sockets.</summary>
internal sealed class StreamHub
{
    private readonly ConcurrentDictionary<string, ChannelKind> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Channel, Guid User), StreamTopic> _topics = new();
    private readonly ConcurrentDictionary<StreamConnection, byte> _connections = new();

    public int Sockets => _connections.Count;

    /// <summary>A room registers each of its kinds once, at start-up.</summary>
    public void Register(ChannelKind kind)
    {
        if (!_kinds.TryAdd(kind.Name, kind))
            throw new InvalidOperationException($"The channel {kind.Name} is registered twice.");
    }

    public ChannelKind? Kind(string name) => _kinds.GetValueOrDefault(name);

    /// <summary>The listeners of a public channel.</summary>
    public StreamTopic Topic(string channel) => _topics.GetOrAdd((channel, Guid.Empty), _ => new StreamTopic());

    /// <summary>The listeners of one user's private channel.</summary>
    public StreamTopic Topic(string channel, UserId user) => _topics.GetOrAdd((channel, user.Value), _ => new StreamTopic());

    public void Enter(StreamConnection connection) => _connections[connection] = 0;

    public void Leave(StreamConnection connection) => _connections.TryRemove(connection, out _);

    /// <summary>Says good-bye to every socket, so that the server can stop.</summary>
    public void CloseAll()
    {
        foreach (var connection in _connections.Keys)
            connection.Close(1001, "server stops");
    }
}
