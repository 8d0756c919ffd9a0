namespace Lastro.Exchanges.Tests.Demo;

/// <summary>A clock whose timers fire one after the other as fast as they are served, moving time by their period.</summary>
internal sealed class HandClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public Action<DateTimeOffset>? OnBeat { get; set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Beat(this, callback, state, period);

    private sealed class Beat : ITimer
    {
        private readonly Timer _timer;

        public Beat(HandClock clock, TimerCallback callback, object? state, TimeSpan period) => _timer = new Timer(
            _ =>
            {
                clock._now += period;
                clock.OnBeat?.Invoke(clock._now);
                callback(state);
            },
            null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();
    }
}
