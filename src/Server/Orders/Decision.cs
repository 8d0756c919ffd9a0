using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;

namespace Lastro.Server.Orders;

/// <summary>What a lane knows of an open order. Changed by the lane's thread only.</summary>
internal sealed class WorkingOrder
{
    public required long Id { get; init; }

    public required Side Side { get; init; }

    public required OrderType Type { get; init; }

    public Price? Limit { get; init; }

    /// <summary>Base units still wanted; null for an order by quote amount.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Quote units still wanted; null for an order by quantity.</summary>
    public decimal? QuoteQuantity { get; init; }

    /// <summary>What it keeps back, in the asset it gives away.</summary>
    public required decimal Held { get; init; }

    /// <summary>How it fills while it rests; null: as <see cref="OrdersOptions.FillModel"/> says.</summary>
    public FillModel? Model { get; init; }

    /// <summary>Fills decided so far.</summary>
    public int Fills { get; set; }
}

/// <summary>One share of a fill decision.</summary>
internal readonly record struct DecidedFill(Price Price, Quantity Quantity, bool Maker, FillCause Cause);

/// <summary>What the lane decided on one order at one event. It counts once its transaction has committed, if the order is still open then.</summary>
internal sealed record Decision
{
    public required long OrderId { get; init; }

    /// <summary>Fills the order had before; a decision is applied only on top of exactly these.</summary>
    public required int FillsBefore { get; init; }

    public required IReadOnlyList<DecidedFill> Fills { get; init; }

    /// <summary>How the order ends; null when it stays open.</summary>
    public OrderStatus? End { get; init; }

    /// <summary>Why it ends other than filled.</summary>
    public string? Reason { get; init; }

    /// <summary>Market time, Unix milliseconds.</summary>
    public required long TimeMs { get; init; }
}
