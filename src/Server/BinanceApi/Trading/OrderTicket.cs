using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Core;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Markets;
using Lastro.Server.Orders;

namespace Lastro.Server.BinanceApi.Trading;

/// <summary>What a request for one order says, in Core's terms, checked as far as the pair's rules go without a price.</summary>
/// <param name="Instrument">The pair.</param>
/// <param name="Wish">The order.</param>
/// <param name="Kind">How much the answer says.</param>
internal sealed record OrderTicket(Instrument Instrument, WireWish Wish, AnswerKind Kind)
{
    private const int MostDecimals = 8;
    private const int LongestKnown = 64;
    private const string IdRange = "^[a-zA-Z0-9-_.:/]{1,36}$";

    private static readonly System.Buffers.SearchValues<char> IdLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/");

    /// <summary>The body of POST order and its like.</summary>
    public static (OrderTicket? Ticket, WireError? Error) Read(WireParameters sent, MarketsRoom markets)
    {
        var (instrument, unknown) = PairQuery.One(sent, markets);
        if (instrument is null) return (null, unknown);
        var (side, badSide) = Side(sent);
        if (side is not { } way) return (null, badSide);
        var names = new LegNames("");
        var (wish, error) = Leg(sent, names, way, Numbers.Read(sent, "quantity"));
        if (wish is null) return (null, error);
        var (kind, badKind) = Answer(sent, wish.Terms is { Type: OrderType.Market or OrderType.Limit, PostOnly: false } ? AnswerKind.Full : AnswerKind.Ack);
        if (badKind is not null) return (null, badKind);
        return OrderRules.Check(wish.Terms, instrument, null) is { } refusal ? (null, WireRefusals.Of(refusal)) : (new OrderTicket(instrument, wish, kind), null);
    }

    public static (Side? Side, WireError? Error) Side(WireParameters sent)
    {
        if (sent["side"] is not { } word) return (null, WireError.Missing("side"));
        return WireWords.ToSide(word) is { } side ? (side, null) : (null, new WireError(-1117, "Invalid side."));
    }

    /// <summary>How much the answer is to say.</summary>
    public static (AnswerKind Kind, WireError? Error) Answer(WireParameters sent, AnswerKind usual) => sent["newOrderRespType"] switch
    {
        null => (usual, null),
        "ACK" => (AnswerKind.Ack, null),
        "RESULT" => (AnswerKind.Result, null),
        "FULL" => (AnswerKind.Full, null),
        _ => (usual, WireRefusals.Invalid("newOrderRespType")),
    };

    /// <summary>A name as the wire allows it; null when it was not sent.</summary>
    public static (string? Name, WireError? Error) Name(WireParameters sent, string parameter)
    {
        if (sent[parameter] is not { } name) return (null, null);
        return name.Length > 36 || name.AsSpan().ContainsAnyExcept(IdLetters) ? (null, WireError.Illegal(parameter, IdRange)) : (name, null);
    }

    /// <summary>A name that an order may have, also one from the web app; null when it was not sent.</summary>
    public static (string? Name, WireError? Error) Known(WireParameters sent, string parameter)
    {
        if (sent[parameter] is not { } name) return (null, null);
        return name.Length > LongestKnown || name.AsSpan().ContainsAnyExceptInRange('!', '~') ? (null, WireError.Illegal(parameter, IdRange)) : (name, null);
    }

    /// <summary>One order of a request, whose parameters have the names given.</summary>
    /// <param name="sent">The request.</param>
    /// <param name="names">What the parameters are called.</param>
    /// <param name="side">Which way.</param>
    /// <param name="quantity">Read before: a list has one for both.</param>
    public static (WireWish? Wish, WireError? Error) Leg(WireParameters sent, LegNames names, Side side, (decimal? Value, WireError? Error) quantity)
    {
        if ((names.Known ?? sent[names.Type]) is not { } type) return (null, WireError.Missing(names.Type));
        if (Shape(type) is not { } shape) return (null, new WireError(-1116, "Invalid orderType."));
        if (quantity.Error is not null) return (null, quantity.Error);
        var (numbers, badNumber) = Numbers.Of(sent, names);
        if (numbers is null) return (null, badNumber);
        if (Foreign(sent, names) is { } foreign) return (null, foreign);
        var (time, badTime) = Time(sent, names, shape, type);
        if (badTime is not null) return (null, badTime);
        var (name, badName) = Name(sent, names.Id);
        if (badName is not null) return (null, badName);
        if (Needed(names, shape, type, numbers, quantity.Value) is { } lacking) return (null, lacking);
        var (tags, badTags) = Tags(sent, names);
        if (badTags is not null) return (null, badTags);
        var terms = new OrderTerms
        {
            Side = side,
            Type = shape,
            Quantity = quantity.Value,
            QuoteQuantity = numbers.Quote,
            Price = numbers.Price,
            TriggerPrice = numbers.Stop,
            TimeInForce = time,
            PostOnly = type == "LIMIT_MAKER",
        };
        if (numbers.Trailing is not { } delta) return (new WireWish(terms, name, tags), null);
        return Trailing(terms, delta) is { } trailing
            ? (new WireWish(trailing, name, type == "TAKE_PROFIT" && numbers.Stop is null ? (tags ?? new WireTags()) with { Type = type } : tags), null)
            : (null, WireRefusals.BadCombination);
    }

    /// <summary>Ours ends at market; its activation price lies where a take-profit's trigger does. Null for what it cannot be.</summary>
    private static OrderTerms? Trailing(OrderTerms terms, int delta) =>
        terms.IsLimit || (terms.Type == OrderType.StopLoss && terms.TriggerPrice is not null)
            ? null
            : terms with { Type = OrderType.TrailingStop, TrailingDelta = delta, ActivationPrice = terms.TriggerPrice, TriggerPrice = null };

    private static OrderType? Shape(string type) => type switch
    {
        "LIMIT" or "LIMIT_MAKER" => OrderType.Limit,
        "MARKET" => OrderType.Market,
        "STOP_LOSS" => OrderType.StopLoss,
        "STOP_LOSS_LIMIT" => OrderType.StopLossLimit,
        "TAKE_PROFIT" => OrderType.TakeProfit,
        "TAKE_PROFIT_LIMIT" => OrderType.TakeProfitLimit,
        _ => null,
    };

    private static (TimeInForce Time, WireError? Error) Time(WireParameters sent, LegNames names, OrderType shape, string type)
    {
        var wanted = sent[names.Time];
        if (shape is not (OrderType.Limit or OrderType.StopLossLimit or OrderType.TakeProfitLimit) || type == "LIMIT_MAKER")
            return (TimeInForce.Gtc, wanted is null ? null : WireRefusals.NotNeeded(names.Time));
        if (wanted is null) return (TimeInForce.Gtc, WireError.Missing(names.Time));
        return WireWords.ToTime(wanted) is { } time ? (time, null) : (TimeInForce.Gtc, new WireError(-1115, "Invalid timeInForce."));
    }

    /// <summary>What this exchange does not have; refused rather than left out, which would place another order than meant.</summary>
    private static WireError? Foreign(WireParameters sent, LegNames names)
    {
        if (sent[names.Iceberg] is not null)
        {
            var (iceberg, error) = sent.Decimal(names.Iceberg);
            if (error is not null) return error;
            if (iceberg != 0m) return WireRefusals.NotSupported("Iceberg orders");
        }

        if (sent[names.PegType] is not null || sent[names.PegOffset] is not null) return WireRefusals.NotSupported("Pegged orders");
        return sent["selfTradePreventionMode"] is null or WireWords.NoPrevention
            ? null
            : new WireError(-1013, "This symbol does not allow the specified self-trade prevention mode.");
    }

    private static WireError? Needed(LegNames names, OrderType shape, string type, Numbers numbers, decimal? quantity)
    {
        var limit = shape is OrderType.Limit or OrderType.StopLossLimit or OrderType.TakeProfitLimit;
        var stop = shape is not (OrderType.Limit or OrderType.Market);
        if (shape == OrderType.Market)
        {
            if (quantity is null && numbers.Quote is null) return WireRefusals.OneOf("quantity", "quoteOrderQty");
            if (quantity is not null && numbers.Quote is not null) return WireRefusals.NotNeeded("quoteOrderQty");
        }
        else if (numbers.Quote is not null)
        {
            return WireRefusals.NotNeeded("quoteOrderQty");
        }
        else if (quantity is null)
        {
            return WireError.Missing("quantity");
        }

        if (limit && numbers.Price is null) return WireError.Missing(names.Price);
        if (!limit && numbers.Price is not null) return WireRefusals.NotNeeded(names.Price);
        if (stop && numbers.Stop is null && numbers.Trailing is null) return WireRefusals.OneOf(names.Stop, names.Trailing);
        if (!stop && numbers.Stop is not null) return WireRefusals.NotNeeded(names.Stop);
        return !stop && numbers.Trailing is not null ? WireRefusals.NotNeeded(names.Trailing) : null;
    }

    private static (WireTags? Tags, WireError? Error) Tags(WireParameters sent, LegNames names)
    {
        var (id, badId) = sent.Whole(names.StrategyId);
        var (type, badType) = sent.Whole(names.StrategyType);
        if ((badId ?? badType) is { } bad) return (null, bad);
        if (type is < 1_000_000) return (null, new WireError(-1134, "`strategyType` was less than 1000000."));
        if (type > int.MaxValue) return (null, WireError.Illegal(names.StrategyType));
        return (id is null && type is null ? null : new WireTags(null, id, (int?)type), null);
    }

    /// <summary>The amounts of an order as sent, none of them with more decimals than an amount can have.</summary>
    internal sealed record Numbers(decimal? Quote, decimal? Price, decimal? Stop, int? Trailing)
    {
        public static (Numbers? Numbers, WireError? Error) Of(WireParameters sent, LegNames names)
        {
            var (price, badPrice) = Read(sent, names.Price);
            var (stop, badStop) = Read(sent, names.Stop);
            var (quote, badQuote) = Read(sent, names.Quote);
            var (trailing, badTrailing) = sent.Whole(names.Trailing);
            if ((badPrice ?? badStop ?? badQuote ?? badTrailing) is { } bad) return (null, bad);
            if (price > PairJson.MaxPrice || stop > PairJson.MaxPrice) return (null, WireError.Filter("PRICE_FILTER"));
            if (trailing is < 1 or > int.MaxValue) return (null, WireError.Filter("TRAILING_DELTA"));
            return (new Numbers(quote, price, stop, (int?)trailing), null);
        }

        public static (decimal? Value, WireError? Error) Read(WireParameters sent, string name)
        {
            var (value, error) = sent.Decimal(name);
            if (error is not null || value is not { } number) return (null, error);
            if (number < 0m) return (null, WireError.Illegal(name, @"^([0-9]{1,20})(\.[0-9]{1,20})?$"));
            var bare = Exact.Bare(number);
            return bare.Scale > MostDecimals ? (null, WireRefusals.TooPrecise(name)) : (bare, null);
        }
    }
}

/// <summary>What the parameters of one order of a request are called: with <c>above</c>, type is <c>aboveType</c>.</summary>
internal sealed class LegNames(string prefix)
{
    public string Type { get; } = Of(prefix, "type");

    /// <summary>The type itself, where no parameter says it.</summary>
    public string? Known { get; init; }

    public string Id { get; init; } = prefix.Length == 0 ? "newClientOrderId" : prefix + "ClientOrderId";

    public string Price { get; init; } = Of(prefix, "price");

    public string Stop { get; init; } = Of(prefix, "stopPrice");

    public string Trailing { get; init; } = Of(prefix, "trailingDelta");

    public string Time { get; init; } = Of(prefix, "timeInForce");

    public string Iceberg { get; init; } = Of(prefix, "icebergQty");

    public string StrategyId { get; } = Of(prefix, "strategyId");

    public string StrategyType { get; } = Of(prefix, "strategyType");

    public string PegType { get; } = Of(prefix, "pegPriceType");

    public string PegOffset { get; } = Of(prefix, "pegOffsetType");

    /// <summary>Lists have no such thing.</summary>
    public string Quote { get; } = prefix.Length == 0 ? "quoteOrderQty" : "";

    private static string Of(string prefix, string name) => prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];
}
