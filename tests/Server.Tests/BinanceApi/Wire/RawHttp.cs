using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Lastro.Server.Tests.BinanceApi.Wire;

/// <summary>An answer as it came.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public int Code => Json.GetProperty("code").GetInt32();

    public string Message => Json.GetProperty("msg").GetString()!;
}

/// <summary>One connection on which every byte of the request is the test's own: no client that tidies up targets stands between.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 16];
    private NetworkStream _stream = null!;
    private int _start;
    private int _end;

    public static async Task<RawHttp> Open(Uri address)
    {
        var raw = new RawHttp();
        await raw._client.ConnectAsync(address.Host, address.Port);
        raw._stream = raw._client.GetStream();
        return raw;
    }

    public static async Task<RawAnswer> Once(Uri address, string method, string target, string? body = null, string headers = "")
    {
        using var raw = await Open(address);
        return await raw.Send(method, target, body is null ? null : Encoding.UTF8.GetBytes(body), headers);
    }

    /// <param name="method">Any word.</param>
    /// <param name="target">Path and query, sent byte for byte (Latin-1).</param>
    /// <param name="body">Null for none.</param>
    /// <param name="headers">More header lines, each with its line end.</param>
    public async Task<RawAnswer> Send(string method, string target, byte[]? body = null, string headers = "")
    {
        var length = body is null ? "" : $"Content-Length: {body.Length}\r\n";
        await _stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{length}{headers}\r\n"));
        if (body is { Length: > 0 }) await _stream.WriteAsync(body);
        var status = (await Line()).Split(' ');
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var line = await Line(); line.Length > 0; line = await Line())
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            found[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var count = found.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            if (_start == _end) await Fill();
            var part = Math.Min(count - at, _end - _start);
            _buffer.AsSpan(_start, part).CopyTo(bytes.AsSpan(at));
            (_start, at) = (_start + part, at + part);
        }

        return new RawAnswer(int.Parse(status[1], CultureInfo.InvariantCulture), found, Encoding.UTF8.GetString(bytes));
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> Line()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end) await Fill();
            var letter = (char)_buffer[_start++];
            if (letter == '\n') return line.ToString().TrimEnd('\r');
            line.Append(letter);
        }
    }

    private async Task Fill()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        (_start, _end) = (0, await _stream.ReadAsync(_buffer, limit.Token));
        if (_end == 0) throw new IOException("The server closed the connection.");
    }
}
