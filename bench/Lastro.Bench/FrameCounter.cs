using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lastro.Bench;

/// <summary>A client that takes WebSocket frames and counts them, by hand and without allocating, so that what is measured is the server.</summary>
internal sealed class FrameCounter : IDisposable
{
    private const int Text = 1;

    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _buffer = new byte[65_536];
    private readonly byte[] _head = new byte[10];
    private long _frames;
    private long _bodyLeft;
    private int _headLength;

    private FrameCounter(Socket socket)
    {
        _socket = socket;
        _receive.SetBuffer(_buffer);
        _receive.Completed += (_, _) => Go();
    }

    public long Frames => Volatile.Read(ref _frames);

    /// <summary>Opens a socket; one that does not read keeps still.</summary>
    public static async Task<FrameCounter> Open(Uri address, string path, bool reads = true)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // What the kernel takes in for a client that does not read is not what is measured.
        if (!reads) socket.ReceiveBufferSize = 4_096;
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        var request = $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await socket.ReceiveAsync(one) == 0) throw new IOException($"the server closed after: {text}");
            text.Append((char)one[0]);
        }

        if (!text.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) throw new IOException(text.ToString());
        var counter = new FrameCounter(socket);
        if (reads) counter.Receive();
        return counter;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
    }

    private void Receive()
    {
        if (!_socket.ReceiveAsync(_receive)) ThreadPool.UnsafeQueueUserWorkItem(static counter => counter.Go(), this, preferLocal: false);
    }

    private void Go()
    {
        do
        {
            if (_receive.SocketError != SocketError.Success || _receive.BytesTransferred == 0) return;
            Count(_buffer.AsSpan(0, _receive.BytesTransferred));
        }
        while (!_socket.ReceiveAsync(_receive));
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_bodyLeft > 0)
            {
                var taken = (int)Math.Min(_bodyLeft, bytes.Length);
                bytes = bytes[taken..];
                if ((_bodyLeft -= taken) == 0 && (_head[0] & 0x0F) == Text) Volatile.Write(ref _frames, _frames + 1);
                continue;
            }

            _head[_headLength++] = bytes[0];
            bytes = bytes[1..];
            if (_headLength < 2) continue;
            var length = _head[1] & 0x7F;
            var needed = length switch { 126 => 4, 127 => 10, _ => 2 };
            if (_headLength < needed) continue;
            _bodyLeft = length switch { 126 => BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)), 127 => BinaryPrimitives.ReadInt64BigEndian(_head.AsSpan(2)), _ => length };
            _headLength = 0;
        }
    }
}
