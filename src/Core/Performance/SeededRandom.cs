using System.Numerics;

namespace Lastro.Core.Performance;

/// <summary>
/// Chance from a seed, in whole numbers only: the same seed gives the same bits on every machine and in every version.
/// xoshiro256** of Blackman and Vigna ("Scrambled Linear Pseudorandom Number Generators", 2021), its state filled by their
/// SplitMix64; numbers below a limit by Lemire's multiplication with rejection ("Fast Random Integer Generation in an Interval", 2019).
/// </summary>
public sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>A sequence of its own for each seed.</summary>
    public SeededRandom(long seed)
    {
        var state = unchecked((ulong)seed);
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    internal SeededRandom(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>A number from 0 up to, not including, <paramref name="limit"/>; each as likely as the others.</summary>
    public int Below(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var wide = (ulong)limit;
        var high = Math.BigMul(Next(), wide, out var low);
        if (low < wide)
        {
            var reject = unchecked(0 - wide) % wide;
            while (low < reject)
                high = Math.BigMul(Next(), wide, out low);
        }

        return (int)high;
    }

    /// <summary>Puts the values into an order of chance, each order as likely as the others (Fisher and Yates, from the end).</summary>
    public void Shuffle(Span<double> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    internal static ulong Split(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
