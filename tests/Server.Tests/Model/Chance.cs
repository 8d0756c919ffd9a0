using System.Numerics;

namespace Lastro.Server.Tests.Model;

/// <summary>Seeded chance, in the words of the generator.</summary>
internal sealed class Chance(int seed)
{
#pragma warning disable CA5394 // Chance that must repeat, not a secret.
    private readonly Random _random = new(seed);

    public bool Percent(double percent) => _random.NextDouble() * 100 < percent;

    public int Next(int count) => _random.Next(count);

    public long From1To(long most) => _random.NextInt64(1, most + 1);

    /// <summary>1 to most multiples of a step; often all, one, or a few.</summary>
    public BigInteger Steps(BigInteger most, BigInteger step)
    {
        var count = (long)BigInteger.Min(most / step, long.MaxValue - 1);
        return step * Next(10) switch
        {
            < 4 => count,
            4 => 1,
            5 => From1To(Math.Min(count, 9)),
            _ => From1To(count),
        };
    }

    public T Of<T>(IReadOnlyList<T> all) => all[Next(all.Count)];
#pragma warning restore CA5394
}
