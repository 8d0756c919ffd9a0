using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Lastro.Core;
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

    /// <summary>market or limit.</summary>
    public string? Type { get; init; }

    /// <summary>Base units.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Quote units to spend or to receive; market orders only, instead of quantity.</summary>
    public decimal? QuoteQuantity { get; init; }

    /// <summary>Limit orders only.</summary>
    public decimal? Price { get; init; }

    /// <summary>gtc, which is also what an absent one means.</summary>
    public string? TimeInForce { get; init; }

    /// <summary>1 to 64 visible ASCII characters, unique per account for ever; the header Idempotency-Key does the same.</summary>
    public string? ClientOrderId { get; init; }
}

/// <summary>A body that makes sense, not yet measured against the pair.</summary>
internal sealed record ParsedOrder
{
    public const int LongestKey = 64;

    public required Guid Account { get; init; }

    public required Symbol Symbol { get; init; }

    public required OrderTerms Terms { get; init; }

    public required string TimeInForce { get; init; }

    public required string Key { get; init; }

    public static (ParsedOrder? Order, Refused? Refused) Read(OrderRequest body, string? headerKey, DateTimeOffset now)
    {
        if (!Guid.TryParse(body.AccountId, out var account)) return Refuse("accountId", body.AccountId);
        if (!Core.Markets.Symbol.TryParse(body.Symbol, out var symbol)) return (null, new Refused(ErrorCode.UnknownSymbol, "symbol", body.Symbol));
        if (OrderWords.ToSide(body.Side) is not { } side) return Refuse("side", body.Side, "buy, sell");
        if (OrderWords.ToType(body.Type) is not { } type) return Refuse("type", body.Type, "market, limit");
        if (body.TimeInForce is not (null or "gtc")) return Refuse("timeInForce", body.TimeInForce, "gtc");
        var key = body.ClientOrderId ?? headerKey ?? Guid.CreateVersion7(now).ToString();
        if (key.Length is < 1 or > LongestKey || key.Any(letter => letter is < '!' or > '~'))
            return Refuse(body.ClientOrderId is null ? "Idempotency-Key" : "clientOrderId", key, $"1..{LongestKey} visible ASCII characters");
        var terms = new OrderTerms { Side = side, Type = type, Quantity = body.Quantity, QuoteQuantity = body.QuoteQuantity, Price = body.Price };
        return (new ParsedOrder { Account = account, Symbol = symbol, Terms = terms, TimeInForce = "gtc", Key = key }, null);
    }

    /// <summary>What makes two bodies the same order.</summary>
    public byte[] Hash()
    {
        static string Plain(decimal? value) => value is { } known ? Decimals.ToPlain(known) : "-";
        var text = string.Join('|', Account, Symbol, OrderWords.Of(Terms.Side), OrderWords.Of(Terms.Type), Plain(Terms.Quantity), Plain(Terms.QuoteQuantity), Plain(Terms.Price), TimeInForce);
        return SHA256.HashData(Encoding.ASCII.GetBytes(text));
    }

    private static (ParsedOrder?, Refused) Refuse(string field, string? value, string? limit = null) =>
        (null, new Refused(ErrorCode.InvalidField, field, value, limit));
}
