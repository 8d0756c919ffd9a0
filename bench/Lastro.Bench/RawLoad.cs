using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Lastro.Bench;

/// <summary>Connections that each send one request, read its answer and send the next: no pipelining, no client library, the same cost whoever answers.</summary>
internal static class RawLoad
{
    /// <summary>Answers per second. Throws at the first answer that is not 200.</summary>
    public static async Task<double> Rate(Uri address, string request, int connections, TimeSpan length)
    {
        var bytes = Encoding.ASCII.GetBytes(request);
        var (clock, done) = (Stopwatch.StartNew(), 0L);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(address.Host, address.Port);
            var (socket, buffer, count) = (client.Client, new byte[64 * 1_024], 0L);
            while (clock.Elapsed < length)
            {
                await socket.SendAsync(bytes);
                var held = 0;
                do
                {
                    var read = await socket.ReceiveAsync(buffer.AsMemory(held));
                    if (read == 0) throw new IOException("The server closed the connection.");
                    held += read;
                }
                while (!Whole(buffer.AsSpan(0, held)));
                if (!buffer.AsSpan(0, held).StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, held));
                count++;
            }

            Interlocked.Add(ref done, count);
        })));
        return done / clock.Elapsed.TotalSeconds;
    }

    private static bool Whole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0) return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(length + 16)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length - head - 4 >= int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }
}
