namespace Lastro.Exchanges.Files;

/// <summary>The lines of a text file as bytes, packed files unpacked; memory stays at the longest line.</summary>
internal sealed class LineReader(string path, bool ahead = false) : IDisposable
{
    /// <summary>A depth snapshot of 5,000 levels a side is about 400 kB.</summary>
    private const int MaxLine = 16 * 1024 * 1024;

    private readonly Stream _stream = FileBytes.Open(path, ahead);
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    public string Path => path;

    /// <summary>Number of the line read last, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>What ends a line; a file without line ends is cut at another byte.</summary>
    public byte End { get; set; } = (byte)'\n';

    /// <summary>The first byte that is no white space, nothing taken; 0 when there is none near the beginning.</summary>
    public byte First()
    {
        if (_end == 0)
            Fill();
        var text = _buffer.AsSpan(_start, _end - _start).TrimStart("\uFEFF \t\r\n"u8);
        return text.IsEmpty ? (byte)0 : text[0];
    }

    /// <summary>True when the file's text begins with these bytes, nothing taken.</summary>
    public bool Begins(ReadOnlySpan<byte> text)
    {
        if (_end == 0)
            Fill();
        return _buffer.AsSpan(_start, _end - _start).TrimStart("\uFEFF \t\r\n"u8).StartsWith(text);
    }

    /// <summary>The next line without its end; valid until the next call. False at the end of the file.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(End);
            if (length >= 0)
            {
                line = Cut(searched + length);
                _start += searched + length + 1;
                return true;
            }

            searched = _end - _start;
            if (_ended)
            {
                line = Cut(searched);
                _start = _end;
                return searched > 0;
            }

            Fill();
        }
    }

    /// <summary>An error that names the file and the line read last.</summary>
    public InvalidDataException Error(string what, Exception? inner = null) => new($"{path}, line {Line}: {what}", inner);

    public void Dispose() => _stream.Dispose();

    private ReadOnlySpan<byte> Cut(int length)
    {
        if (length > 0 || !_ended)
            Line++;
        var line = _buffer.AsSpan(_start, length);
        return line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxLine)
                throw Error($"the next line is longer than {MaxLine} bytes.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _ended = read == 0;
            _end += read;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw Error($"the file cannot be unpacked beyond this line: {error.Message}", error);
        }
    }
}
