using System.Diagnostics;

namespace Lastro.Exchanges.Tests.Binance.Loopback;

/// <summary>Counts what the client does and notes every breach of a documented limit.</summary>
internal sealed class LimitBook
{
    private readonly Lock _gate = new();
    private readonly List<string> _breaches = [];
    private readonly Queue<long> _connects = new();
    private (long Minute, int Weight) _spent;
    private long _banUntil;

    public IReadOnlyList<string> Breaches
    {
        get
        {
            lock (_gate)
                return [.. _breaches];
        }
    }

    public int Connects { get; private set; }

    public int Requests { get; private set; }

    public int Refusals { get; private set; }

    public int MostMessagesInASecond { get; private set; }

    public int MostStreams { get; private set; }

    public void Breach(string what)
    {
        lock (_gate)
            _breaches.Add(what);
    }

    /// <summary>300 connection attempts in five minutes from one address.</summary>
    public void Connect()
    {
        lock (_gate)
        {
            Connects++;
            _connects.Enqueue(Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(_connects.Peek()) > TimeSpan.FromMinutes(5))
                _connects.Dequeue();
            if (_connects.Count > 300)
                _breaches.Add("more than 300 connects in five minutes");
        }
    }

    /// <summary>5 messages in a second on one connection.</summary>
    public void Message(Queue<long> recent)
    {
        lock (_gate)
        {
            recent.Enqueue(Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(recent.Peek()) > TimeSpan.FromSeconds(1))
                recent.Dequeue();
            MostMessagesInASecond = Math.Max(MostMessagesInASecond, recent.Count);
            if (recent.Count > 5)
                _breaches.Add("more than 5 messages in a second");
        }
    }

    /// <summary>1024 streams on one connection.</summary>
    public void Streams(int count)
    {
        lock (_gate)
        {
            MostStreams = Math.Max(MostStreams, count);
            if (count > 1024)
                _breaches.Add("more than 1024 streams on a connection");
        }
    }

    /// <summary>6000 weight in a minute; nothing while banned. Answers the weight of this minute, and whether the ban stands.</summary>
    public (int Used, bool Banned) Spend(int weight, string path)
    {
        lock (_gate)
        {
            Requests++;
            var minute = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60;
            _spent = (minute, (_spent.Minute == minute ? _spent.Weight : 0) + weight);
            if (_spent.Weight > 6000)
                _breaches.Add("more than 6000 weight in a minute");
            var now = Stopwatch.GetTimestamp();
            if (now >= _banUntil)
                return (_spent.Weight, false);
            Refusals++;
            _breaches.Add($"{path} was asked during a ban");
            return (_spent.Weight, true);
        }
    }

    public void Ban(TimeSpan length)
    {
        lock (_gate)
        {
            Refusals++;
            _banUntil = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        }
    }
}
