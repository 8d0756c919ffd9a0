using Lastro.Server.Accounts;

namespace Lastro.Server.Tests.Accounts;

public sealed class HashingTests
{
    [Fact]
    public async Task Half_the_cores_hash_some_wait_and_the_next_is_told_to_come_back()
    {
        using var hashing = new Hashing(new AccountsOptions { HashQueue = 3 });
        var places = Math.Max(1, Environment.ProcessorCount / 2);
        var inside = new List<IDisposable>();
        for (var n = 0; n < places; n++)
        {
            var lease = await hashing.Enter(CancellationToken.None);
            lease.IsAcquired.ShouldBeTrue();
            inside.Add(lease);
        }

        var waiting = Enumerable.Range(0, 3).Select(_ => hashing.Enter(CancellationToken.None).AsTask()).ToList();
        using (var refused = await hashing.Enter(CancellationToken.None))
            refused.IsAcquired.ShouldBeFalse();
        waiting.ShouldAllBe(one => !one.IsCompleted);
        inside[0].Dispose();
        (await waiting[0].WaitAsync(TimeSpan.FromSeconds(5))).IsAcquired.ShouldBeTrue();
        waiting[1].IsCompleted.ShouldBeFalse();
    }
}
