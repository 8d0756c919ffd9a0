namespace Lastro.Core.Orders;

/// <summary>Which fields go with which type of order. Pure; no prices, no grid.</summary>
internal static class OrderShape
{
    /// <summary>The widest a trailing stop may stay behind.</summary>
    public const int MaxTrailingBps = 5_000;

    /// <summary>Null when every field that is needed is there and none is there that means nothing.</summary>
    public static OrderRefusal? Check(OrderTerms terms) =>
        CheckAmount(terms) ?? CheckPrices(terms) ?? CheckTrailing(terms) ?? CheckTimes(terms) ?? CheckPostOnly(terms);

    private static OrderRefusal? CheckAmount(OrderTerms terms)
    {
        if (terms.QuoteQuantity is not null && (terms.Quantity is not null || terms.IsLimit)) return Foreign("quoteQuantity", terms.QuoteQuantity);
        if (terms.Quantity is null && terms.QuoteQuantity is null) return new OrderRefusal(OrderFault.Missing, "quantity");
        return Positive("quantity", terms.Quantity) ?? Positive("quoteQuantity", terms.QuoteQuantity);
    }

    private static OrderRefusal? CheckPrices(OrderTerms terms)
    {
        var triggered = terms.FiresOnRise is not null;
        if (terms.IsLimit && terms.Price is null) return new OrderRefusal(OrderFault.Missing, "price");
        if (!terms.IsLimit && terms.Price is not null) return Foreign("price", terms.Price);
        if (triggered && terms.TriggerPrice is null) return new OrderRefusal(OrderFault.Missing, "triggerPrice");
        if (!triggered && terms.TriggerPrice is not null) return Foreign("triggerPrice", terms.TriggerPrice);
        return Positive("price", terms.Price) ?? Positive("triggerPrice", terms.TriggerPrice);
    }

    private static OrderRefusal? CheckTrailing(OrderTerms terms)
    {
        if (terms.Type != OrderType.TrailingStop)
            return terms.TrailingDelta is not null ? Foreign("trailingDelta", terms.TrailingDelta) : terms.ActivationPrice is not null ? Foreign("activationPrice", terms.ActivationPrice) : null;
        if (terms.TrailingDelta is not { } delta) return new OrderRefusal(OrderFault.Missing, "trailingDelta");
        if (delta < 1) return new OrderRefusal(OrderFault.NotPositive, "trailingDelta", delta, 0m);
        return delta > MaxTrailingBps ? new OrderRefusal(OrderFault.TooWide, "trailingDelta", delta, MaxTrailingBps) : Positive("activationPrice", terms.ActivationPrice);
    }

    private static OrderRefusal? CheckTimes(OrderTerms terms)
    {
        if (terms.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok && !terms.IsLimit) return new OrderRefusal(OrderFault.NotForThisType, "timeInForce");
        if (terms.TimeInForce == TimeInForce.Gtd && terms.ExpiresAt is null) return new OrderRefusal(OrderFault.Missing, "expiresAt");
        var stays = terms.TimeInForce == TimeInForce.Gtd && (terms.Waits || terms.Type == OrderType.Limit);
        if (terms.ExpiresAt is not null && !stays) return new OrderRefusal(OrderFault.NotForThisType, "expiresAt");
        return terms is { StartAt: { } start, ExpiresAt: { } end } && end <= start ? new OrderRefusal(OrderFault.EndsBeforeItStarts, "expiresAt") : null;
    }

    private static OrderRefusal? CheckPostOnly(OrderTerms terms)
    {
        if (!terms.PostOnly) return null;
        var rests = terms.Type == OrderType.Limit && terms.TimeInForce is TimeInForce.Gtc or TimeInForce.Gtd;
        return rests ? null : new OrderRefusal(OrderFault.NotForThisType, "postOnly");
    }

    private static OrderRefusal Foreign(string field, decimal? value) => new(OrderFault.NotForThisType, field, value);

    private static OrderRefusal? Positive(string field, decimal? value) =>
        value <= 0m ? new OrderRefusal(OrderFault.NotPositive, field, value, 0m) : null;
}
