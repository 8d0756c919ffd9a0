using System.Collections.Immutable;
using System.Text;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>One stream and who hears it. Kept for good once asked for: there are about forty of each pair.</summary>
/// <param name="name">As clients write it: <c>btcusdt@trade</c>.</param>
/// <param name="count">Told how many more (or fewer) listen.</param>
internal sealed class WireTopic(string name, Action<int>? count = null)
{
    private ImmutableArray<WireSubscription> _subscribers = [];
    private int _asked;

    public string Name { get; } = name;

    /// <summary>What a wrapped frame begins with. Names hold nothing that JSON would escape.</summary>
    public byte[] Head { get; } = Encoding.ASCII.GetBytes($"{{\"stream\":\"{name}\",\"data\":");

    /// <summary>False when an event would be written for nobody.</summary>
    public bool Watched => !_subscribers.IsEmpty;

    /// <summary>True once after somebody new has come: a stream of pictures then shows the present one.</summary>
    public bool TakeAsked() => Volatile.Read(ref _asked) == 1 && Interlocked.Exchange(ref _asked, 0) == 1;

    public void Add(WireSubscription subscriber)
    {
        ImmutableInterlocked.Update(ref _subscribers, (all, one) => all.Add(one), subscriber);
        Volatile.Write(ref _asked, 1);
        count?.Invoke(1);
    }

    public void Remove(WireSubscription subscriber)
    {
        if (ImmutableInterlocked.Update(ref _subscribers, (all, one) => all.Remove(one), subscriber)) count?.Invoke(-1);
    }

    /// <summary>Gives a frame to every subscriber; never waits for one.</summary>
    public void Publish(WireFrame frame)
    {
        foreach (var subscriber in _subscribers)
            subscriber.Outbox.Offer(subscriber, frame);
    }

    /// <summary>Ends the sockets of all who hear it: what they hold can no longer be continued.</summary>
    public void Drop(int code, string why)
    {
        foreach (var subscriber in _subscribers)
            subscriber.Outbox.Close(code, why);
    }
}

/// <summary>One stream of one socket.</summary>
internal sealed class WireSubscription(string name, WireOutbox outbox)
{
    public string Name { get; } = name;

    public WireOutbox Outbox { get; } = outbox;

    /// <summary>Null while no such stream is known.</summary>
    public WireTopic? Topic { get; set; }

    /// <summary>Set where it is an account's events.</summary>
    public IDisposable? Listening { get; set; }

    /// <summary>Where its newest frame waits; the outbox's own.</summary>
    public long WaitingAt { get; set; } = -1;
}
