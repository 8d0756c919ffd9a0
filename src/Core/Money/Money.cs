namespace Lastro.Core;

/// <summary>An amount of one asset. Adding two assets is a programmer's mistake and throws.</summary>
public readonly record struct Money(decimal Amount, Asset Asset)
{
    /// <summary>Sum of two amounts of the same asset.</summary>
    public static Money operator +(Money left, Money right) => new(left.Amount + Same(left, right).Amount, left.Asset);

    /// <summary>Difference of two amounts of the same asset.</summary>
    public static Money operator -(Money left, Money right) => new(left.Amount - Same(left, right).Amount, left.Asset);

    /// <summary>Plain notation with the asset: "1.5 BTC".</summary>
    public override string ToString() => $"{Decimals.ToPlain(Amount)} {Asset}";

    private static Money Same(Money left, Money right) => left.Asset == right.Asset
        ? right
        : throw new InvalidOperationException($"{left.Asset} and {right.Asset} cannot be added.");
}
