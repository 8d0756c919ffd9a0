namespace Lastro.Exchanges.Tests.Binance;

/// <summary>A clock that moves only by hand.</summary>
internal sealed class StillClock : TimeProvider
{
    private DateTimeOffset _now = new(2024, 8, 8, 12, 0, 30, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Move(double seconds) => _now += TimeSpan.FromSeconds(seconds);
}
