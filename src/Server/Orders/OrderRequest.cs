using System.Globalization;
using System.Text.Json.Serialization;
using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Orders;

/// <summary>The body of POST /orders.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record OrderRequest
{
    public string? AccountId { get; init; }

    /// <summary>BTCUSDT.</summary>
    public string? Symbol { get; init; }

    /// <summary>buy or sell.</summary>
    public string? Side { get; init; }

    /// <summary>market, limit, stopLoss, stopLossLimit, takeProfit, takeProfitLimit or trailingStop.</summary>
    public string? Type { get; init; }

    /// <summary>Base units.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Quote units to spend or to receive, instead of quantity; for orders that end up at market.</summary>
    public decimal? QuoteQuantity { get; init; }

    /// <summary>For orders that end up as limit orders.</summary>
    public decimal? Price { get; init; }

    /// <summary>The trade price that fires a stop-loss or take-profit.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Basis points a trailing stop stays behind the extreme: 100 is 1 %.</summary>
    public int? TrailingDelta { get; init; }

    /// <summary>The trade price from which a trailing stop follows.</summary>
    public decimal? ActivationPrice { get; init; }

    /// <summary>gtc, ioc, fok or gtd; absent it is gtd with expiresAt, else gtc.</summary>
    public string? TimeInForce { get; init; }

    /// <summary>Market time at which it ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Market time before which it does nothing.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Refused rather than take from the book.</summary>
    public bool? PostOnly { get; init; }

    /// <summary>placed (absent means that) or fired: when a waiting order keeps its money back.</summary>
    public string? HoldWhen { get; init; }

    /// <summary>1 to 64 visible ASCII characters, unique per account for ever; the header Idempotency-Key does the same.</summary>
    public string? ClientOrderId { get; init; }
}

/// <summary>A body that makes sense, not yet measured against the pair.</summary>
internal sealed record ParsedOrder
{
    public required Guid Account { get; init; }

    public required Symbol Symbol { get; init; }

    public required OrderTerms Terms { get; init; }

    public required string Key { get; init; }

    public static (ParsedOrder? Order, Refused? Refused) Read(OrderRequest body, string? headerKey, DateTimeOffset now)
    {
        if (!Guid.TryParse(body.AccountId, out var account)) return Refuse("accountId", body.AccountId);
        if (!Core.Markets.Symbol.TryParse(body.Symbol, out var symbol)) return (null, new Refused(ErrorCode.UnknownSymbol, "symbol", body.Symbol));
        if (OrderWords.ToSide(body.Side) is not { } side) return Refuse("side", body.Side, "buy, sell");
        if (OrderWords.ToType(body.Type) is not { } type) return Refuse("type", body.Type, OrderWords.AllTypes);
        var usual = body.ExpiresAt is null ? TimeInForce.Gtc : TimeInForce.Gtd;
        if (OrderWords.ToTime(body.TimeInForce) is not { } time)
        {
            if (body.TimeInForce is not null) return Refuse("timeInForce", body.TimeInForce, OrderWords.AllTimes);
            time = usual;
        }

        if (OrderWords.ToHoldWhen(body.HoldWhen ?? "placed") is not { } hold) return Refuse("holdWhen", body.HoldWhen, "placed, fired");
        var (key, badKey) = OrderKeys.Read(body.ClientOrderId, headerKey, OrderKeys.Longest, now);
        if (key is null) return (null, badKey);
        var terms = new OrderTerms
        {
            Side = side,
            Type = type,
            Quantity = body.Quantity,
            QuoteQuantity = body.QuoteQuantity,
            Price = body.Price,
            TriggerPrice = body.TriggerPrice,
            TrailingDelta = body.TrailingDelta,
            ActivationPrice = body.ActivationPrice,
            TimeInForce = time,
            ExpiresAt = body.ExpiresAt?.ToUniversalTime(),
            StartAt = body.StartAt?.ToUniversalTime(),
            PostOnly = body.PostOnly ?? false,
            HoldWhen = hold,
        };
        if (hold == HoldWhen.Fired && !terms.Waits) return Refuse("holdWhen", body.HoldWhen, "placed");
        return (new ParsedOrder { Account = account, Symbol = symbol, Terms = terms, Key = key }, null);
    }

    /// <summary>What makes two bodies the same order.</summary>
    public byte[] Hash() => OrderKeys.Hash(Account, Symbol, OrderKeys.Plain(Terms));

    private static (ParsedOrder?, Refused) Refuse(string field, string? value, string? limit = null) =>
        (null, new Refused(ErrorCode.InvalidField, field, value, limit));
}

/// <summary>An order's id in a path.</summary>
internal static class OrderIds
{
    public static long? Read(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : null;
}
