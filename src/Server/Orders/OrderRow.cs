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
        base AS Base, quote AS Quote, side AS SideWord, type AS TypeWord, time_in_force AS TimeWord, trim_scale(price) AS Price,
        trim_scale(quantity) AS Quantity, trim_scale(quote_quantity) AS QuoteQuantity, trim_scale(trigger_price) AS TriggerPrice,
        trailing_delta AS TrailingDelta, trim_scale(activation_price) AS ActivationPrice, trim_scale(extreme) AS Extreme, post_only AS PostOnly,
        hold_when AS HoldWhenWord, expires_at AS ExpiresAt, start_at AS StartAt, revision AS Revision, list_id AS ListId, leg AS LegWord,
        fired_by::text AS FiredBy, fired_at AS FiredAt, placed::text AS Placed, resumed_by AS ResumedBy, resumed_at AS ResumedAt,
        model AS ModelWord, latency_ms AS LatencyMs, slippage_bps AS SlippageBps, wire_id AS WireId, wire_list_id AS WireListId,
        wire_tags::text AS WireTags, status AS StatusWord, reason AS Reason, hold_asset AS HoldAsset, trim_scale(hold_amount) AS HoldAmount, trim_scale(held) AS Held,
        trim_scale(filled_quantity) AS FilledQuantity, trim_scale(filled_quote) AS FilledQuote, trim_scale(fee) AS Fee, fills AS Fills,
        created_at AS CreatedAt, updated_at AS UpdatedAt
        """;

    /// <summary>SQL's condition for <see cref="IsOpen"/>; the same words as in the index orders_open.</summary>
    public const string OpenSql = "status IN ('waiting', 'paused', 'triggered', 'new', 'partiallyFilled')";

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

    public string TimeWord { get; init; } = "";

    public decimal? Price { get; init; }

    public decimal? Quantity { get; init; }

    public decimal? QuoteQuantity { get; init; }

    public decimal? TriggerPrice { get; init; }

    public int? TrailingDelta { get; init; }

    public decimal? ActivationPrice { get; init; }

    public decimal? Extreme { get; init; }

    public bool PostOnly { get; init; }

    public string HoldWhenWord { get; init; } = "";

    public DateTime? ExpiresAt { get; init; }

    public DateTime? StartAt { get; init; }

    public int Revision { get; init; }

    public long? ListId { get; init; }

    public string? LegWord { get; init; }

    public string? FiredBy { get; init; }

    public DateTime? FiredAt { get; init; }

    /// <summary>The answer to its placing, kept once its terms have been amended.</summary>
    public string? Placed { get; init; }

    /// <summary>By which rule it went on after the server was down.</summary>
    public string? ResumedBy { get; init; }

    public DateTime? ResumedAt { get; init; }

    public string ModelWord { get; init; } = "";

    public int LatencyMs { get; init; }

    public decimal? SlippageBps { get; init; }

    /// <summary>What Binance's wire calls it; null for one that came another way, or without a name.</summary>
    public string? WireId { get; init; }

    /// <summary>What the wire calls its list.</summary>
    public string? WireListId { get; init; }

    /// <summary>JSON; see the table.</summary>
    public string? WireTags { get; init; }

    /// <summary>Not stored, told with its end only: what the wire calls the cancel that ended it.</summary>
    public string? CancelId { get; init; }

    /// <summary>Not stored: it ended because another of its list was filled or fired, not because that was cancelled.</summary>
    public bool SiblingActed { get; init; }

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

    public Side Side => OrderWords.ToSide(SideWord) ?? throw Unknown("side", SideWord);

    public OrderType Type => OrderWords.ToType(TypeWord) ?? throw Unknown("type", TypeWord);

    public OrderStatus Status => OrderWords.ToStatus(StatusWord) ?? throw Unknown("status", StatusWord);

    public OrderLeg? Leg => OrderWords.ToLeg(LegWord);

    public bool IsOpen => OrderStates.IsOpen(Status);

    /// <summary>A bracket's exit whose entry has not filled anything yet.</summary>
    public bool IsDormant => Quantity is null && QuoteQuantity is null;

    public UserId Owner => new(UserId);

    /// <summary>The asset a fill brings in, from which its fee is taken.</summary>
    public Asset Received => new(Side == Side.Buy ? Base : Quote);

    /// <summary>What it wants, as it stands now.</summary>
    public OrderTerms Terms => new()
    {
        Side = Side,
        Type = Type,
        Quantity = Quantity,
        QuoteQuantity = QuoteQuantity,
        Price = Price,
        TriggerPrice = TriggerPrice,
        TrailingDelta = TrailingDelta,
        ActivationPrice = ActivationPrice,
        TimeInForce = OrderWords.ToTime(TimeWord) ?? throw Unknown("time in force", TimeWord),
        ExpiresAt = Utc(ExpiresAt),
        StartAt = Utc(StartAt),
        PostOnly = PostOnly,
        HoldWhen = OrderWords.ToHoldWhen(HoldWhenWord) ?? throw Unknown("hold", HoldWhenWord),
    };

    /// <summary>The order as it was when it was accepted.</summary>
    public OrderRow AsPlaced() => this with
    {
        StatusWord = OrderWords.Of(Terms.Waits || IsDormant ? OrderStatus.Waiting : OrderStatus.New),
        Reason = null,
        FiredBy = null,
        FiredAt = null,
        ResumedBy = null,
        ResumedAt = null,
        Extreme = null,
        Held = HoldAmount,
        FilledQuantity = 0m,
        FilledQuote = 0m,
        Fee = 0m,
        Fills = 0,
        UpdatedAt = CreatedAt,
    };

    public static DateTimeOffset? Utc(DateTime? time) => time is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;

    private static InvalidOperationException Unknown(string what, string word) => new($"The orders table holds the {what} '{word}'.");
}
