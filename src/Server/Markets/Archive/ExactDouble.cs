using System.Globalization;

namespace Lastro.Server.Markets.Archive;

/// <summary>
/// The double nearest to a decimal: the same that reading its digits gives, so that a run over the archive and one over an exported file
/// see the same numbers. The framework's own conversion rounds twice for long mantissas.
/// </summary>
internal static class ExactDouble
{
    private const ulong ExactUpTo = 1UL << 53;

    /// <summary>10^0 to 10^22, each of which a double holds exactly.</summary>
    private static readonly double[] _powers = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    public static double Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var (low, high, scale) = unchecked(((uint)bits[0] | ((ulong)(uint)bits[1] << 32), bits[2], (bits[3] >> 16) & 0xFF));
        if (high != 0 || low > ExactUpTo || scale >= _powers.Length) return double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        // Both are exact, so the one division rounds once.
        var magnitude = low / _powers[scale];
        return value < 0m ? -magnitude : magnitude;
    }
}
