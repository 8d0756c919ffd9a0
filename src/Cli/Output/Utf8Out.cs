using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Lastro.Cli.CommandLine;

namespace Lastro.Cli.Output;

/// <summary>Standard output, or a file, as UTF-8 through one buffer.</summary>
internal sealed class Utf8Out(Stream stream) : IBufferWriter<byte>, IDisposable
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _length;

    /// <summary>Standard output.</summary>
    public static Utf8Out Standard() => new(Console.OpenStandardOutput());

    /// <summary>A file, made or written over.</summary>
    /// <exception cref="RefusedException">It cannot be written.</exception>
    public static Utf8Out ToFile(string path)
    {
        try
        {
            return new Utf8Out(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{path} cannot be written: {error.Message}");
        }
    }

    public void Write(string text)
    {
        var span = GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        Advance(Encoding.UTF8.GetBytes(text, span));
    }

    public void Write(ReadOnlySpan<byte> text)
    {
        text.CopyTo(GetSpan(text.Length));
        Advance(text.Length);
    }

    public void Write(byte letter)
    {
        GetSpan(1)[0] = letter;
        Advance(1);
    }

    public void Write(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out var written);
        Advance(written);
    }

    /// <summary>The shortest digits that give the double back.</summary>
    public void Write(double value)
    {
        value.TryFormat(GetSpan(32), out var written, "R", System.Globalization.CultureInfo.InvariantCulture);
        Advance(written);
    }

    public void Line(string text)
    {
        Write(text);
        Write((byte)'\n');
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
        stream.Flush();
    }

    public void Dispose()
    {
        Flush();
        stream.Dispose();
    }

    private void Reserve(int count)
    {
        count = Math.Max(count, 256);
        if (_buffer.Length - _length >= count)
            return;
        stream.Write(_buffer, 0, _length);
        _length = 0;
        if (_buffer.Length < count)
            _buffer = new byte[count];
    }
}
