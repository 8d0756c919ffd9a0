using System.Globalization;
using System.Text;
using Lastro.Server.ApiKeys;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.SocketApi;

/// <summary>Whose events one socket hears. The numbers are Binance's: from 0, never given twice.</summary>
internal sealed class UserSubscriptions(UserEvents events, WireOutbox outbox, TimeProvider time)
{
    private const int MostAtOnce = 1_000;
    private const int MostEver = 65_535;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Heard> _all = [];
    private int _next;
    private bool _left;

    public bool Any
    {
        get
        {
            lock (_gate) return _all.Count > 0;
        }
    }

    public int[] Ids
    {
        get
        {
            lock (_gate) return [.. _all.Keys];
        }
    }

    /// <summary>Starts to hear an account's events; an error when this socket does so already.</summary>
    /// <param name="key">Whose; the events end with it.</param>
    /// <param name="ofSession">Ends with the log-on.</param>
    public (int Id, WireError? Error) Add(KnownKey key, bool ofSession)
    {
        lock (_gate)
        {
            foreach (var known in _all.Values)
            {
                if (known.Key.Account == key.Account) return (0, new WireError(-2035, "User Data Stream subscription already active."));
            }

            if (_left) return (0, WireError.Unavailable);
            if (_all.Count >= MostAtOnce || _next >= MostEver)
                return (0, new WireError(-1191, $"Too many subscriptions. Connection may create up to '{MostAtOnce}' subscriptions at a time."));
            var id = _next++;
            var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"subscriptionId\":{id},\"event\":"));
            _all[id] = new Heard(key, ofSession, events.Listen(key.Account, text => outbox.Send(Wrap(head, text))));
            return (id, null);
        }
    }

    /// <summary>Ends one; false when there is none of the number.</summary>
    public bool End(int id) => EndWhere((known, _) => known == id) > 0;

    /// <summary>Ends those that are to end, and says so. How many it were.</summary>
    public int EndWhere(Func<int, Heard, bool> which)
    {
        var ended = new List<int>();
        lock (_gate)
        {
            foreach (var (id, heard) in _all)
            {
                if (!which(id, heard)) continue;
                heard.Listening.Dispose();
                ended.Add(id);
            }

            foreach (var id in ended) _all.Remove(id);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var id in ended)
            outbox.Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""{"subscriptionId":{{{id}}},"event":{"e":"eventStreamTerminated","E":{{{now}}}}}""")));
        return ended.Count;
    }

    /// <summary>Stops to listen without a word: the socket is gone.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _left = true;
            foreach (var heard in _all.Values) heard.Listening.Dispose();
            _all.Clear();
        }
    }

    private static byte[] Wrap(byte[] head, ReadOnlyMemory<byte> text)
    {
        var message = new byte[head.Length + text.Length + 1];
        head.CopyTo(message, 0);
        text.CopyTo(message.AsMemory(head.Length));
        message[^1] = (byte)'}';
        return message;
    }

    /// <summary>One account that is listened to.</summary>
    /// <param name="Key">With which key.</param>
    /// <param name="OfSession">True when it ends with the log-on.</param>
    /// <param name="Listening">Disposed, it ends.</param>
    internal sealed record Heard(KnownKey Key, bool OfSession, IDisposable Listening);
}
