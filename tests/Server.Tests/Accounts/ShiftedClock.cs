namespace Lastro.Server.Tests.Accounts;

/// <summary>The machine's clock, put forward by a test. Timers keep their real pace.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _shift));

    public void Forward(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
