using System.Numerics;

namespace Lastro.Server.Tests.Model;

/// <summary>A pair's grid in units.</summary>
internal sealed record ModelPair(string Symbol, string Base, string Quote, BigInteger Tick, BigInteger Step);

/// <summary>An order by the model; words as the interface has them.</summary>
internal sealed class ModelOrder
{
    public long Id { get; set; }

    public required Guid Account { get; init; }

    public required ModelPair Pair { get; init; }

    public required string Key { get; init; }

    public required byte[] Hash { get; init; }

    public required bool Buys { get; init; }

    /// <summary>market, limit, stopLoss …</summary>
    public required string Type { get; init; }

    public required bool HoldsWhenFired { get; init; }

    public BigInteger? Price { get; set; }

    public BigInteger? Quantity { get; set; }

    public BigInteger? QuoteQuantity { get; init; }

    public BigInteger? Trigger { get; set; }

    public int? Trailing { get; set; }

    public BigInteger? Activation { get; init; }

    public bool HasEnd { get; init; }

    public bool HasStart { get; init; }

    public long? List { get; set; }

    public string? Leg { get; init; }

    public string Status { get; set; } = "";

    public string? Reason { get; set; }

    public int Revision { get; set; }

    public required string HoldAsset { get; set; }

    /// <summary>All it ever kept back, less what amendments gave back.</summary>
    public BigInteger HoldAmount { get; set; }

    public BigInteger Held { get; set; }

    public BigInteger Filled { get; set; }

    public BigInteger FilledQuote { get; set; }

    public BigInteger Fee { get; set; }

    public int Fills { get; set; }

    public bool IsOpen => Status is "waiting" or "paused" or "triggered" or "new" or "partiallyFilled";

    public bool Waits => Status is "waiting" or "paused";

    public bool Works => Status is "triggered" or "new" or "partiallyFilled";

    public bool IsLimit => Type is "limit" or "stopLossLimit" or "takeProfitLimit";

    public bool IsDormant => Quantity is null && QuoteQuantity is null;

    public bool IsExit => Leg is "target" or "stop";

    /// <summary>Base units still wanted.</summary>
    public BigInteger Rest => Quantity!.Value - Filled;

    public override string ToString() =>
        $"{Id} {(Buys ? "buy" : "sell")} {Type} {Pair.Symbol} {Leg} {Status} q={Quantity} qq={QuoteQuantity} p={Price} held={Held} filled={Filled} fills={Fills} rev={Revision}";
}
