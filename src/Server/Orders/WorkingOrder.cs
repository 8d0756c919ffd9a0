using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Matching;
using Lastro.Core.Orders;

namespace Lastro.Server.Orders;

/// <summary>What a lane knows of an open order. Changed by the lane's thread only.</summary>
internal sealed class WorkingOrder
{
    public required long Id { get; init; }

    public required OrderTerms Terms { get; init; }

    public required int Revision { get; init; }

    public required OrderStatus Status { get; set; }

    public long? ListId { get; init; }

    public OrderLeg? Leg { get; init; }

    /// <summary>Base units still wanted; null for an order by quote amount, and for a bracket's exit before its entry fills.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>Quote units still wanted; null for an order by quantity.</summary>
    public decimal? QuoteQuantity { get; init; }

    /// <summary>What it keeps back, in the asset it gives away.</summary>
    public decimal Held { get; set; }

    /// <summary>Fills decided so far.</summary>
    public int Fills { get; set; }

    /// <summary>Base units filled so far.</summary>
    public decimal Filled { get; set; }

    /// <summary>The fees of those, in the asset received.</summary>
    public decimal Fee { get; set; }

    /// <summary>A trailing stop's extreme from before a restart.</summary>
    public Price? Extreme { get; init; }

    /// <summary>Null for the usual one: queue with depth, else through.</summary>
    public FillModel? Model { get; init; }

    /// <summary>Milliseconds from placing or firing to acting.</summary>
    public int LatencyMs { get; init; }

    /// <summary>Share the last price moves against it where there is no book; null for the server's.</summary>
    public decimal? Slippage { get; init; }

    public Side Side => Terms.Side;

    public Price? Limit => Terms.Price is { } price ? new Price(price) : null;

    /// <summary>A bracket's exit whose entry has not filled anything yet.</summary>
    public bool IsDormant => Quantity is null && QuoteQuantity is null;

    public static WorkingOrder Of(OrderRow row) => new()
    {
        Id = row.Id,
        Terms = row.Terms,
        Revision = row.Revision,
        Status = row.Status,
        ListId = row.ListId,
        Leg = row.Leg,
        Quantity = row.Quantity - row.FilledQuantity,
        QuoteQuantity = row.QuoteQuantity - row.FilledQuote,
        Held = row.Held,
        Fills = row.Fills,
        Filled = row.FilledQuantity,
        Fee = row.Fee,
        Extreme = row.Extreme is { } extreme ? new Price(extreme) : null,
        Model = FillModels.TryParse(row.ModelWord, out var model) ? model : null,
        LatencyMs = row.LatencyMs,
        Slippage = row.SlippageBps / Holds.WholeBps,
    };
}
