namespace Lastro.Core.Triggers;

/// <summary>
/// Prices of one book as whole numbers of 10^-decimals. A threshold is a whole number of units/10000, so extreme*(10000 -/+ bps) is exact,
/// and every product of one price in <see cref="Most"/> with 20000 fits 64 bits.
/// </summary>
internal sealed class PriceUnits
{
    /// <summary>Threshold parts of one price unit: basis points.</summary>
    public const long Parts = 10_000;

    /// <summary>Largest price in units; the next number is free to mean "no trade yet".</summary>
    public const long Most = (long.MaxValue / (2 * Parts)) - 1;

    private static readonly ulong[] _powers = [.. Enumerable.Range(0, 19).Select(Power)];
    private static readonly ulong[] _limits = [.. _powers.Select(power => Most / power)];
    private readonly int[] _bits = new int[4];
    private readonly int _decimals;

    public PriceUnits(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, Decimals.MaxScale);
        _decimals = decimals;
    }

    /// <summary>True when the price is positive, whole in units and not above <see cref="Most"/>.</summary>
    public bool TryRead(Price price, out long units)
    {
        var bits = _bits;
        _ = decimal.GetBits(price.Value, bits);
        var digits = unchecked((ulong)(uint)bits[0] | ((ulong)(uint)bits[1] << 32));
        var missing = _decimals - ((bits[3] >> 16) & 0xFF);
        units = 0;
        if (bits[2] != 0 || missing < -18) return TryReadBare(price, out units);
        if (missing >= 0)
        {
            if (digits > _limits[missing]) return false;
            units = unchecked((long)(digits * _powers[missing]));
        }
        else
        {
            var (whole, rest) = Math.DivRem(digits, _powers[-missing]);
            if (rest != 0 || whole > Most) return false;
            units = (long)whole;
        }

        return units > 0 && bits[3] >= 0;
    }

    /// <summary>The price in units; throws when the book cannot hold it exactly.</summary>
    public long Read(Price price) => TryRead(price, out var units)
        ? units
        : throw new ArgumentOutOfRangeException(
            nameof(price), price.Value, $"A price here is positive, has at most {_decimals} decimals and at most {Most} units of the last one.");

    public Price ToPrice(long units) => new(Decimal(units, _decimals));

    /// <summary>A threshold, given in <see cref="Parts"/> of a unit, as a price.</summary>
    public Price ToThreshold(long parts) => new(Decimal(parts, _decimals + 4));

    // More digits than the short way takes: trailing zeros may still make it a whole number of units.
    private bool TryReadBare(Price price, out long units)
    {
        units = 0;
        var bare = Exact.Bare(price.Value);
        if (bare <= 0m || bare.Scale > _decimals || bare > Most / (decimal)_powers[_decimals]) return false;
        units = (long)(bare * _powers[_decimals]);
        return units <= Most;
    }

    private static decimal Decimal(long value, int scale) =>
        new(unchecked((int)value), unchecked((int)(value >> 32)), 0, false, (byte)scale);

    private static ulong Power(int exponent)
    {
        var power = 1UL;
        while (exponent-- > 0) power *= 10;
        return power;
    }
}
