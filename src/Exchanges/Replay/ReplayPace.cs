namespace Lastro.Exchanges.Replay;

/// <summary>Lets recorded time pass as fast as asked, stands still while paused, and does not wait through holes.</summary>
internal sealed class ReplayPace(double? factor, ReplayControl control, TimeProvider time)
{
    /// <summary>Recorded silence of more than a minute is skipped.</summary>
    private const long HoleMs = 60_000;

    /// <summary>How long a pause or a sign of life may have to wait.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(1);

    private long _anchorMs = long.MinValue;
    private long _anchorTicks;
    private long _lastMs;
    private long _pulseTicks;

    /// <summary>Whether <see cref="Until"/> must be awaited for this event; false most of the time at full speed.</summary>
    public bool MustWait(long eventMs) => factor is not null || !control.Playing.IsCompleted || eventMs < _lastMs
        || time.GetElapsedTime(_pulseTicks) > PulseEvery;

    /// <summary>Returns when the event is due. <paramref name="pulse"/> is called about every second, paused or not.</summary>
    public async ValueTask Until(long eventMs, Func<ValueTask> pulse, CancellationToken cancellation)
    {
        if (_anchorMs == long.MinValue || eventMs - _lastMs > HoleMs || eventMs < _lastMs)
            Anchor(eventMs);
        _lastMs = eventMs;
        while (true)
        {
            if (control.Playing is { IsCompleted: false } playing)
            {
                await pulse();
                await Wait(playing, cancellation);
                Anchor(eventMs);
                continue;
            }

            await Pulse(pulse);
            if (factor is not { } speed)
                return;
            var due = TimeSpan.FromMilliseconds((eventMs - _anchorMs) / speed);
            var left = due - time.GetElapsedTime(_anchorTicks);
            if (left <= TimeSpan.Zero)
                return;
            await Task.Delay(left < Slice ? left : Slice, time, cancellation);
        }
    }

    private void Anchor(long eventMs) => (_anchorMs, _anchorTicks) = (eventMs, time.GetTimestamp());

    private async ValueTask Pulse(Func<ValueTask> pulse)
    {
        if (_pulseTicks != 0 && time.GetElapsedTime(_pulseTicks) < PulseEvery)
            return;
        _pulseTicks = time.GetTimestamp();
        await pulse();
    }

    private async Task Wait(Task playing, CancellationToken cancellation)
    {
        try
        {
            await playing.WaitAsync(Slice, time, cancellation);
        }
        catch (TimeoutException)
        {
            // Still paused: the caller looks again after its sign of life.
            return;
        }
    }
}
