using System.Collections.Immutable;

namespace Lastro.Server.Platform.Streaming;

/// <summary>The subscribers of one channel. Kept for good once asked for, so that a publisher may hold on to it.</summary>
internal sealed class StreamTopic
{
    private ImmutableArray<StreamSubscription> _subscribers = [];

    /// <summary>False when publishing would be work for nobody.</summary>
    public bool Watched => !_subscribers.IsEmpty;

    /// <summary>Gives a frame to every subscriber; never waits for one.</summary>
    public void Publish(StreamFrame frame)
    {
        foreach (var subscriber in _subscribers)
            subscriber.Offer(frame);
    }

    public void Add(StreamSubscription subscriber) =>
        ImmutableInterlocked.Update(ref _subscribers, (all, one) => all.Add(one), subscriber);

    public void Remove(StreamSubscription subscriber) =>
        ImmutableInterlocked.Update(ref _subscribers, (all, one) => all.Remove(one), subscriber);
}
