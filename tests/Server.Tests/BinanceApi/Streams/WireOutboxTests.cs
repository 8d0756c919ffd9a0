using System.Net.WebSockets;
using System.Text;
using Lastro.Server.BinanceApi;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.Tests.Lanes;

namespace Lastro.Server.Tests.BinanceApi.Streams;

/// <summary>The outbox before a socket that takes what the test lets it take.</summary>
public sealed class WireOutboxTests
{
    [Fact]
    public async Task Of_what_replaces_itself_only_the_newest_waits_and_the_order_stays()
    {
        using var socket = new GatedSocket();
        var outbox = new WireOutbox(socket, new SocketOptions(), TimeProvider.System);
        var (ticker, kline, trade) = (new WireSubscription("t", outbox), new WireSubscription("k", outbox), new WireSubscription("x", outbox));
        outbox.Send("0"u8.ToArray());
        for (var i = 1; i <= 1_000; i++)
        {
            outbox.Offer(ticker, Frame($"ticker{i}", 0));
            outbox.Offer(kline, Frame($"kline{i}", i <= 500 ? 1 : 2));
            if (i % 500 == 0) outbox.Offer(trade, Frame($"trade{i}", null));
        }

        socket.Open();
        await socket.Until(6);
        socket.Sent.ShouldBe(["0", "ticker1000", "kline500", "trade500", "kline1000", "trade1000"]);
    }

    [Fact]
    public async Task What_cannot_be_replaced_ends_the_socket_when_too_much_of_it_waits()
    {
        using var socket = new GatedSocket();
        var outbox = new WireOutbox(socket, new SocketOptions { WaitingFrames = 100 }, TimeProvider.System);
        var trade = new WireSubscription("x", outbox);
        for (var i = 0; i < 101; i++) outbox.Offer(trade, Frame($"trade{i}", null));
        outbox.Closing.ShouldBeFalse("one is on its way, a hundred wait");
        outbox.Offer(trade, Frame("too much", null));
        outbox.Closing.ShouldBeTrue();
        outbox.Offer(trade, Frame("later", null));
        socket.Open();
        await socket.Until(2);
        socket.Sent.ShouldBe(["trade0", "closed 1008 too slow"], "what waited is forgotten");
    }

    [Fact]
    public void A_frame_that_does_not_leave_ends_the_socket_and_then_breaks_it()
    {
        var clock = new HandClock();
        using var socket = new GatedSocket();
        var outbox = new WireOutbox(socket, new SocketOptions { MaxLagSeconds = 10 }, new Ticking(clock));
        outbox.Send("0"u8.ToArray());
        clock.Pass(9_000);
        outbox.Look();
        outbox.Closing.ShouldBeFalse();
        clock.Pass(2_000);
        outbox.Look();
        outbox.Closing.ShouldBeTrue();
        socket.Aborted.ShouldBeFalse("it may still take the close frame");
        clock.Pass(11_000);
        outbox.Look();
        socket.Aborted.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_took_the_close_frame_and_does_not_leave_is_put_out()
    {
        var clock = new HandClock();
        using var socket = new GatedSocket();
        socket.Open();
        var outbox = new WireOutbox(socket, new SocketOptions { MaxLagSeconds = 10 }, new Ticking(clock));
        outbox.Close(WireOutbox.SlowCode, "too slow");
        await socket.Until(1);
        clock.Pass(9_000);
        outbox.Look();
        socket.Aborted.ShouldBeFalse("it has a moment to answer");
        clock.Pass(2_000);
        outbox.Look();
        socket.Aborted.ShouldBeTrue();
    }

    [Fact]
    public async Task Frames_of_many_threads_are_sent_one_at_a_time_and_none_is_lost()
    {
        using var socket = new GatedSocket();
        socket.Open();
        var outbox = new WireOutbox(socket, new SocketOptions { WaitingFrames = 100_000 }, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            var stream = new WireSubscription($"{thread}", outbox);
            for (var i = 0; i < 5_000; i++) outbox.Offer(stream, Frame($"{thread}:{i}", null));
        })));
        await socket.Until(20_000);
        socket.Overlaps.ShouldBe(0);
        for (var thread = 0; thread < 4; thread++)
            socket.Sent.Where(text => text.StartsWith($"{thread}:", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 5_000).Select(i => $"{thread}:{i}"));
    }

    private static WireFrame Frame(string text, long? key) => new(Encoding.ASCII.GetBytes($"<{text}>"), 1, key);

    /// <summary>Time stamps by the hand-moved clock.</summary>
    private sealed class Ticking(HandClock clock) : TimeProvider
    {
        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => clock.GetUtcNow().ToUnixTimeMilliseconds();

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
    }

    /// <summary>A socket that takes nothing until it is opened.</summary>
    private sealed class GatedSocket : WebSocket
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<string> _sent = [];
        private int _sending;
        private bool _open;

        public List<string> Sent
        {
            get
            {
                lock (_sent) return [.. _sent];
            }
        }

        public int Overlaps { get; private set; }

        public bool Aborted { get; private set; }

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public void Open()
        {
            _open = true;
            _gate.TrySetResult();
        }

        public async Task Until(int count)
        {
            for (var wait = 0; Sent.Count < count && wait < 200; wait++) await Task.Delay(10);
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _sending) > 1) Overlaps++;
            var text = Encoding.ASCII.GetString(buffer.Span);
            if (!_open) return new ValueTask(Later(text));
            Note(text);
            return ValueTask.CompletedTask;
        }

        public override async Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
        {
            await _gate.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
            lock (_sent) _sent.Add($"closed {(int)closeStatus} {statusDescription}");
        }

        public override void Abort() => Aborted = true;

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Dispose()
        {
            // Nothing is held.
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new InvalidOperationException();

        private async Task Later(string text)
        {
            await _gate.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
            Note(text);
        }

        private void Note(string text)
        {
            lock (_sent) _sent.Add(text);
            Interlocked.Decrement(ref _sending);
        }
    }
}
