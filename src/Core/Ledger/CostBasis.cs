using System.Numerics;
using Lastro.Core.Markets;

namespace Lastro.Core.Ledger;

/// <summary>
/// The average-cost method over the fills of one asset and quote, in whole units of 10^-18, so that it can prove what the database computed.
/// A buy of q at p with fee f (in base) adds q - f units at p each; the fee is f * p, apart. A sale of q takes the share cost * q / quantity
/// out of the cost and realises q * p less that share; its fee is in quote. What is sold beyond what was bought realises nothing.
/// Products and shares are rounded once, half away from zero, to 18 places.
/// </summary>
/// <param name="Quantity">Bought and not sold yet.</param>
/// <param name="Cost">What that cost, fees apart.</param>
/// <param name="Realised">What sales brought above the average cost; negative for a loss.</param>
/// <param name="Fees">In quote units.</param>
/// <param name="Trades">Fills.</param>
public readonly record struct CostBasis(BigInteger Quantity, BigInteger Cost, BigInteger Realised, BigInteger Fees, int Trades)
{
    private static readonly BigInteger One = BigInteger.Pow(10, Decimals.MaxScale);

    /// <summary>An amount in units of 10^-18.</summary>
    public static BigInteger Units(decimal amount)
    {
        var bare = Exact.Bare(amount);
        return new BigInteger(bare * Power(bare.Scale)) * BigInteger.Pow(10, Decimals.MaxScale - bare.Scale);
    }

    /// <summary>What one more fill makes of it.</summary>
    /// <param name="side">Which way.</param>
    /// <param name="price">Quote units for one.</param>
    /// <param name="quantity">Base units.</param>
    /// <param name="fee">In the asset received.</param>
    public CostBasis After(Side side, decimal price, decimal quantity, decimal fee)
    {
        var (p, q, f) = (Units(price), Units(quantity), Units(fee));
        if (side == Side.Buy)
            return new CostBasis(Quantity + q - f, Cost + Divide((q - f) * p, One), Realised, Fees + Divide(f * p, One), Trades + 1);
        var covered = BigInteger.Min(q, Quantity);
        var rest = covered.IsZero ? Cost : covered == Quantity ? BigInteger.Zero : Divide(Cost * (Quantity - covered), Quantity);
        return new CostBasis(Quantity - covered, rest, Realised + Divide(covered * p, One) - (Cost - rest), Fees + f, Trades + 1);
    }

    private static decimal Power(int scale)
    {
        var power = 1m;
        for (var place = 0; place < scale; place++) power *= 10m;
        return power;
    }

    private static BigInteger Divide(BigInteger value, BigInteger by) => ((value * 2) + by) / (by * 2);
}
