namespace Lastro.Exchanges.Replay;

/// <summary>Plays and pauses a replay and tells where it stands. Thread-safe.</summary>
public sealed class ReplayControl
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _paused;
    private long _position;

    internal ReplayControl(string speed, bool loop, bool pause)
    {
        (Speed, Loop) = (speed, loop);
        if (pause)
            Pause();
    }

    /// <summary>As set: "1", "60", "max".</summary>
    public string Speed { get; }

    /// <summary>True when it begins again at the end.</summary>
    public bool Loop { get; }

    /// <summary>Start of the first event to be played, Unix milliseconds; 0 until the data is loaded.</summary>
    public long FromMs { get; internal set; }

    /// <summary>End of the data, Unix milliseconds, of the round being played; 0 until the data is loaded.</summary>
    public long ToMs { get; internal set; }

    /// <summary>Exchange time of the last event played (the start before the first), Unix milliseconds.</summary>
    public long PositionMs
    {
        get => Volatile.Read(ref _position);
        internal set => Volatile.Write(ref _position, value);
    }

    /// <summary>True between <see cref="Pause"/> and <see cref="Play"/>.</summary>
    public bool Paused
    {
        get
        {
            lock (_lock)
                return _paused is not null;
        }
    }

    /// <summary>True once the last event was played and nothing more will come.</summary>
    public bool Ended { get; internal set; }

    /// <summary>Goes on. Playing what plays changes nothing.</summary>
    public void Play()
    {
        lock (_lock)
        {
            _paused?.TrySetResult();
            _paused = null;
        }
    }

    /// <summary>Stops after the event at hand.</summary>
    public void Pause()
    {
        lock (_lock)
            _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Completed unless paused.</summary>
    internal Task Playing
    {
        get
        {
            lock (_lock)
                return _paused?.Task ?? Task.CompletedTask;
        }
    }
}
