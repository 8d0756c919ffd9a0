namespace Lastro.Exchanges.Tests.Binance.Loopback;

/// <summary>What the loopback server shall do wrong. Numbers count down as they are used.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);

    /// <summary>Streams that send nothing though they are subscribed; "*" for all.</summary>
    public HashSet<string> Mute { get; } = new(StringComparer.Ordinal);

    /// <summary>True: no message is answered either.</summary>
    public bool Deaf { get; set; }

    /// <summary>Arms a fault for the next <paramref name="times"/> occasions.</summary>
    public void Arm(string fault, int times)
    {
        lock (_gate)
            _left[fault] = times;
    }

    /// <summary>True while the fault is armed; uses it up by one.</summary>
    public bool Take(string fault)
    {
        lock (_gate)
        {
            if (_left.GetValueOrDefault(fault) <= 0)
                return false;
            _left[fault]--;
            return true;
        }
    }

    public void SetMute(string stream, bool on)
    {
        lock (_gate)
        {
            if (on)
                Mute.Add(stream);
            else
                Mute.Remove(stream);
        }
    }

    public bool IsMute(string stream)
    {
        lock (_gate)
            return Mute.Contains("*") || Mute.Contains(stream[(stream.IndexOf('@') + 1)..]);
    }
}
