using System.Text.Json;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;

namespace Lastro.Server.Backtests;

/// <summary>The private channel <c>backtests</c>: the user's newest jobs first, then each change of status and of progress.</summary>
internal sealed class LabChannel(LabStore store, TimeProvider clock)
{
    private const string Name = "backtests";
    private const int First = 100;

    public void Open(StreamHub hub, OutboxPump pump)
    {
        hub.Register(new ChannelKind
        {
            Name = Name,
            Private = true,
            Check = ask => ask.Arguments.Count == 0 ? null : new ChannelRefusal(ErrorCode.InvalidField, "This channel takes no argument."),
            Snapshot = async (ask, cancellation) => StreamFrame.Of(await store.Newest(ask.User!.Value, First, cancellation), NowMs, LabJson.Options),
        });
        pump.Subscribe(LabQueue.Topic, (told, _) =>
        {
            var topic = hub.Topic(Name, told.User);
            if (topic.Watched && told.Payload.Deserialize<LabUpdate>(LabJson.Options) is { } update) topic.Publish(StreamFrame.Of(update, NowMs, LabJson.Options));
            return ValueTask.CompletedTask;
        });
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
