namespace Lastro.Exchanges.Files;

/// <summary>Reads a stream on a thread of its own into two buffers, so that unpacking and parsing go on side by side.</summary>
internal sealed class ReadAhead : Stream
{
    private const int Size = 256 * 1024;

    private readonly Stream _source;
    private readonly IDisposable? _owner;
    private readonly byte[][] _buffers = [new byte[Size], new byte[Size]];
    private readonly int[] _counts = new int[2];
    private readonly SemaphoreSlim _free = new(2);
    private readonly SemaphoreSlim _filled = new(0);
    private readonly Thread _thread;
    private Exception? _failure;
    private volatile bool _closed;
    private int _reading = 1;
    private int _position;
    private int _length;
    private bool _ended;

    /// <param name="source">What is read.</param>
    /// <param name="owner">Disposed after the source.</param>
    public ReadAhead(Stream source, IDisposable? owner = null)
    {
        (_source, _owner) = (source, owner);
        _thread = new Thread(Fill) { IsBackground = true, Name = "read ahead" };
        _thread.Start();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position == _length && !Turn())
            return 0;
        var count = Math.Min(buffer.Length, _length - _position);
        _buffers[_reading].AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _free.Release();
            _thread.Join();
            _source.Dispose();
            _owner?.Dispose();
            _free.Dispose();
            _filled.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes the next filled buffer and gives the one at hand back; false at the end.</summary>
    private bool Turn()
    {
        if (_ended)
            return false;
        if (_length > 0)
            _free.Release();
        _filled.Wait();
        _reading = 1 - _reading;
        (_position, _length) = (0, _counts[_reading]);
        _ended = _length == 0;
        if (_ended && _failure is not null)
            throw _failure is InvalidDataException or IOException ? new InvalidDataException(_failure.Message, _failure) : new IOException("Reading failed.", _failure);
        return !_ended;
    }

    private void Fill()
    {
        for (var turn = 0; ; turn = 1 - turn)
        {
            _free.Wait();
            if (_closed)
                return;
            try
            {
                _counts[turn] = _source.ReadAtLeast(_buffers[turn], Size, throwOnEndOfStream: false);
            }
            catch (Exception error)
            {
                // Whatever it is, it belongs to the reader: nobody would hear it here.
                (_failure, _counts[turn]) = (error, 0);
            }

            _filled.Release();
            if (_counts[turn] == 0)
                return;
        }
    }
}
