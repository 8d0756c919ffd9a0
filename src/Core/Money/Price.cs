namespace Lastro.Core;

/// <summary>Quote units for one unit of base. Price times quantity is money; price times price does not compile.</summary>
public readonly record struct Price(decimal Value) : IComparable<Price>
{
    /// <summary>What <paramref name="quantity"/> is worth at this price, in quote units, not rounded.</summary>
    public static decimal operator *(Price price, Quantity quantity) => price.Value * quantity.Value;

    /// <summary>Lower price first.</summary>
    public static bool operator <(Price left, Price right) => left.Value < right.Value;

    /// <summary>Higher price first.</summary>
    public static bool operator >(Price left, Price right) => left.Value > right.Value;

    /// <summary>Lower or equal.</summary>
    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;

    /// <summary>Higher or equal.</summary>
    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    /// <summary>Plain notation.</summary>
    public override string ToString() => Decimals.ToPlain(Value);
}
