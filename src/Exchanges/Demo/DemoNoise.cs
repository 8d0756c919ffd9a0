namespace Lastro.Exchanges.Demo;

/// <summary>Chance that is a pure function of the seed, the pair and a place: asked again it answers the same (SplitMix64).</summary>
internal readonly struct DemoNoise(long seed, int pair)
{
    private readonly ulong _key = Mix(unchecked((ulong)seed + ((ulong)pair * 0x9E37_79B9_7F4A_7C15UL)));

    /// <summary>64 even bits.</summary>
    public ulong Bits(long place, int salt) =>
        Mix(unchecked(_key ^ Mix((ulong)place + ((ulong)salt * 0xD1B5_4A32_D192_ED03UL))));

    /// <summary>Evenly within [0, 1).</summary>
    public double Even(long place, int salt) => (Bits(place, salt) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Close to a normal distribution (four even ones), mean 0, standard deviation 1, within 3.5.</summary>
    public double Normal(long place, int salt)
    {
        var bits = Bits(place, salt);
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65_536.0) - 2.0) * 1.732_050_807_568_877_2;
    }

    private static ulong Mix(ulong value) => unchecked(Finish(value + 0x9E37_79B9_7F4A_7C15UL));

    private static ulong Finish(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return value ^ (value >> 31);
        }
    }
}
