using Lastro.Core.Markets;

namespace Lastro.Core.Orders;

/// <summary>Why terms are refused. A closed list: whoever turns it into words must name every case.</summary>
public enum OrderFault
{
    /// <summary>A needed field is absent.</summary>
    Missing,

    /// <summary>A field that does not go with the type, or with the other one.</summary>
    NotForThisType,

    /// <summary>Zero or less.</summary>
    NotPositive,

    /// <summary>The price is not a multiple of the tick.</summary>
    PriceNotOnTick,

    /// <summary>The quantity is not a multiple of the step.</summary>
    QuantityNotOnStep,

    /// <summary>Fewer base units than the pair allows.</summary>
    BelowMinQuantity,

    /// <summary>More base units than the pair allows.</summary>
    AboveMaxQuantity,

    /// <summary>Worth less than the pair allows.</summary>
    BelowMinNotional,

    /// <summary>More digits than the ledger can hold.</summary>
    TooManyDigits,

    /// <summary>Farther from the extreme than a trailing stop may be.</summary>
    TooWide,

    /// <summary>A time that is not ahead.</summary>
    NotAhead,

    /// <summary>It would expire before it starts.</summary>
    EndsBeforeItStarts,

    /// <summary>The last trade has reached the trigger already.</summary>
    TriggerReached,

    /// <summary>A post-only order that would take from the book.</summary>
    WouldTake,
}

/// <summary>A refusal of terms.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Field">The field at fault, as the API names it.</param>
/// <param name="Value">What was given or computed.</param>
/// <param name="Limit">What it was measured against.</param>
public readonly record struct OrderRefusal(OrderFault Fault, string Field, decimal? Value = null, decimal? Limit = null);

/// <summary>The rules every order must keep. Pure; sources: Binance's filters PRICE_FILTER, LOT_SIZE, NOTIONAL.</summary>
public static class OrderRules
{
    /// <summary>Digits an amount of money may have; leaves room for a fee rate of five digits in a decimal.</summary>
    public const int MaxDigits = 23;

    /// <summary>Quote units an order may name; far above any pair's largest, and small enough to divide by any price.</summary>
    public const decimal MaxQuote = 1_000_000_000_000_000m;

    private const decimal LargestMantissa = 99_999_999_999_999_999_999_999m;

    /// <summary>Null when the terms are good.</summary>
    /// <param name="terms">What is wanted.</param>
    /// <param name="instrument">The pair's grid and limits.</param>
    /// <param name="marketPrice">For orders that name no price of their own: the price to judge the minimum by; null skips that check.</param>
    public static OrderRefusal? Check(OrderTerms terms, Instrument instrument, Price? marketPrice) =>
        OrderShape.Check(terms) ?? CheckPrices(terms, instrument) ?? CheckQuantity(terms, instrument) ?? CheckWorth(terms, instrument, marketPrice);

    /// <summary>Null when what the order names as its times lies ahead.</summary>
    public static OrderRefusal? CheckAhead(OrderTerms terms, DateTimeOffset now)
    {
        if (terms.ExpiresAt <= now) return new OrderRefusal(OrderFault.NotAhead, "expiresAt");
        return terms.StartAt <= now ? new OrderRefusal(OrderFault.NotAhead, "startAt") : null;
    }

    /// <summary>True when an amount can be booked without rounding.</summary>
    public static bool CanBook(decimal amount)
    {
        var bare = Math.Abs(Exact.Bare(amount));
        return bare.Scale <= Decimals.MaxScale && Mantissa(bare) <= LargestMantissa;
    }

    /// <summary>Null when every price the terms name is on the pair's tick.</summary>
    public static OrderRefusal? CheckPrices(OrderTerms terms, Instrument instrument) =>
        OnTick("price", terms.Price, instrument) ?? OnTick("triggerPrice", terms.TriggerPrice, instrument)
        ?? OnTick("activationPrice", terms.ActivationPrice, instrument);

    private static OrderRefusal? OnTick(string field, decimal? price, Instrument instrument) =>
        price is { } known && !Decimals.IsMultipleOf(known, instrument.TickSize)
            ? new OrderRefusal(OrderFault.PriceNotOnTick, field, known, instrument.TickSize)
            : null;

    private static OrderRefusal? CheckQuantity(OrderTerms terms, Instrument instrument)
    {
        if (terms.Quantity is not { } quantity) return null;
        if (quantity > instrument.MaxQuantity)
            return new OrderRefusal(OrderFault.AboveMaxQuantity, "quantity", quantity, instrument.MaxQuantity);
        if (!Decimals.IsMultipleOf(quantity, instrument.StepSize))
            return new OrderRefusal(OrderFault.QuantityNotOnStep, "quantity", quantity, instrument.StepSize);
        return quantity < instrument.MinQuantity
            ? new OrderRefusal(OrderFault.BelowMinQuantity, "quantity", quantity, instrument.MinQuantity)
            : null;
    }

    private static OrderRefusal? CheckWorth(OrderTerms terms, Instrument instrument, Price? marketPrice)
    {
        var (field, worth) = ("quoteQuantity", terms.QuoteQuantity);
        if (terms.Quantity is { } quantity && (terms.Price ?? terms.TriggerPrice ?? marketPrice?.Value) is { } price)
        {
            field = "quantity";
            if (!Exact.TryMultiply(price, quantity, out var notional)) return new OrderRefusal(OrderFault.TooManyDigits, field, quantity);
            worth = notional;
        }

        if (worth is not { } amount) return null;
        if (terms.QuoteQuantity > MaxQuote) return new OrderRefusal(OrderFault.AboveMaxQuantity, field, amount, MaxQuote);
        if (!CanBook(amount)) return new OrderRefusal(OrderFault.TooManyDigits, field, amount);
        return amount < instrument.MinNotional ? new OrderRefusal(OrderFault.BelowMinNotional, field, amount, instrument.MinNotional) : null;
    }

    private static decimal Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        return new decimal(bits[0], bits[1], bits[2], false, 0);
    }
}
