using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Orders;

/// <summary>An order as its table has it.</summary>
internal sealed record OrderRow
{
    /// <summary>For SELECT and RETURNING, named after the properties below.</summary>
    public const string Columns = """
        id AS Id, user_id AS UserId, account_id AS AccountId, client_order_id AS ClientOrderId, request_hash AS RequestHash, symbol AS Symbol,
        base AS Base, quote AS Quote, side AS SideWord, type AS TypeWord, time_in_force AS TimeInForce, trim_scale(price) AS Price,
        trim_scale(quantity) AS Quantity, trim_scale(quote_quantity) AS QuoteQuantity, status AS StatusWord, reason AS Reason,
        hold_asset AS HoldAsset, trim_scale(hold_amount) AS HoldAmount, trim_scale(held) AS Held, trim_scale(filled_quantity) AS FilledQuantity,
        trim_scale(filled_quote) AS FilledQuote, trim_scale(fee) AS Fee, fills AS Fills, created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    public long Id { get; init; }

    public Guid UserId { get; init; }

    public Guid AccountId { get; init; }

    public string ClientOrderId { get; init; } = "";

    public byte[] RequestHash { get; init; } = [];

    public string Symbol { get; init; } = "";

    public string Base { get; init; } = "";

    public string Quote { get; init; } = "";

    public string SideWord { get; init; } = "";

    public string TypeWord { get; init; } = "";

    public string TimeInForce { get; init; } = "";

    public decimal? Price { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? QuoteQuantity { get; init; }

    public string StatusWord { get; init; } = "";

    public string? Reason { get; init; }

    public string HoldAsset { get; init; } = "";

    public decimal HoldAmount { get; init; }

    public decimal Held { get; init; }

    public decimal FilledQuantity { get; init; }

    public decimal FilledQuote { get; init; }

    public decimal Fee { get; init; }

    public int Fills { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public Side Side => OrderWords.ToSide(SideWord) ?? throw new InvalidOperationException($"The orders table holds the side '{SideWord}'.");

    public OrderType Type => OrderWords.ToType(TypeWord) ?? throw new InvalidOperationException($"The orders table holds the type '{TypeWord}'.");

    public OrderStatus Status => OrderWords.ToStatus(StatusWord);

    public bool IsOpen => Status is OrderStatus.New or OrderStatus.PartiallyFilled;

    public UserId Owner => new(UserId);

    /// <summary>The asset a fill brings in, from which its fee is taken.</summary>
    public Asset Received => new(Side == Side.Buy ? Base : Quote);

    /// <summary>What the lane needs to know of it.</summary>
    public WorkingOrder Working() => new()
    {
        Id = Id,
        Side = Side,
        Type = Type,
        Limit = Price is { } price ? new Price(price) : null,
        Quantity = Quantity - FilledQuantity,
        QuoteQuantity = QuoteQuantity - FilledQuote,
        Held = Held,
        Fills = Fills,
    };

    /// <summary>The order as it was when it was accepted.</summary>
    public OrderRow AsPlaced() => this with
    {
        StatusWord = OrderWords.Of(OrderStatus.New),
        Reason = null,
        Held = HoldAmount,
        FilledQuantity = 0m,
        FilledQuote = 0m,
        Fee = 0m,
        Fills = 0,
        UpdatedAt = CreatedAt,
    };
}
