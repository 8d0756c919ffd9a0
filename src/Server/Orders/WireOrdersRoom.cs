using Lastro.Core.Markets;
using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Orders;

// The leaf of the room's door that Binance's wire uses.

/// <summary>What Binance's wire was told about an order that only the wire reads again.</summary>
/// <param name="Type">The order type as asked for, where the terms alone do not say it.</param>
/// <param name="StrategyId">As sent.</param>
/// <param name="StrategyType">As sent.</param>
internal sealed record WireTags(string? Type = null, long? StrategyId = null, int? StrategyType = null);

/// <summary>An order as other rooms may read it: its terms in Core's words, and the names it has on Binance's wire.</summary>
internal sealed record OrderFacts
{
    public required long Id { get; init; }

    public required Guid Account { get; init; }

    /// <summary>Its name on the wire, else its client order id.</summary>
    public required string Name { get; init; }

    public long? ListId { get; init; }

    /// <summary>Its list's name on the wire.</summary>
    public string? ListName { get; init; }

    public OrderLeg? Leg { get; init; }

    public required string Symbol { get; init; }

    public required OrderTerms Terms { get; init; }

    public required OrderStatus Status { get; init; }

    /// <summary>Why it ended other than filled; the words of the API.</summary>
    public string? Reason { get; init; }

    /// <summary>It ended because another of its list was filled or fired, not because that was cancelled.</summary>
    public bool SiblingActed { get; init; }

    public WireTags? Tags { get; init; }

    public required decimal Filled { get; init; }

    public required decimal FilledQuote { get; init; }

    /// <summary>Times are market time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null while it has not fired.</summary>
    public DateTimeOffset? FiredAt { get; init; }

    public bool IsOpen => OrderStates.IsOpen(Status);

    /// <summary>A bracket's exit whose entry has not filled anything yet.</summary>
    public bool IsDormant => Terms.Quantity is null && Terms.QuoteQuantity is null;
}

/// <summary>A fill as other rooms may read it.</summary>
internal sealed record FillFacts(
    long Id, long Order, decimal Price, decimal Quantity, decimal QuoteQuantity, decimal Fee, string FeeAsset, bool Maker, DateTimeOffset Time);

/// <summary>One order that the wire wants placed.</summary>
/// <param name="Terms">What is wanted.</param>
/// <param name="Name">Unique among the account's open orders; null for any.</param>
/// <param name="Tags">To be kept with it.</param>
internal sealed record WireWish(OrderTerms Terms, string? Name = null, WireTags? Tags = null);

/// <summary>Orders that the wire wants placed: one, or the two of a list, target first, of which one cancels the other.</summary>
internal sealed record WirePlacing(UserId User, Guid Account, Symbol Symbol, IReadOnlyList<WireWish> Orders)
{
    /// <summary>Unique among the account's open lists; only of a list.</summary>
    public string? ListName { get; init; }
}

/// <summary>Which order of an account is meant: by id, by name (the latest that had it), or by both.</summary>
internal sealed record WireOrderKey(Guid Account, string Symbol, long? Id, string? Name);

/// <summary>Orders as they stand after a call, and the fills of the first.</summary>
internal sealed record WireReport(IReadOnlyList<OrderFacts> Orders, IReadOnlyList<FillFacts> Fills);

/// <summary>Which orders of an account to list, by id upwards: from an id, of a time, or the latest.</summary>
internal sealed record WireOrderSpan(UserId User, Guid Account, string? Symbol)
{
    public bool OpenOnly { get; init; }

    /// <summary>Orders of lists only, and the ids meant are those of lists.</summary>
    public bool Lists { get; init; }

    public long? FromId { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Itself included.</summary>
    public DateTimeOffset? To { get; init; }

    public int Limit { get; init; } = 1_000;
}

/// <summary>Orders as Binance's wire handles them.</summary>
internal sealed class WireOrders(PlaceByWire place, FindByWire find, CancelByWire cancel, AmendByWire amend)
{
    /// <summary>Places what is wanted, or says why not. An order that takes at once answers with what that came to.</summary>
    public Task<(WireReport? Report, Refused? Refused)> Place(WirePlacing wish, CancellationToken cancellation) => place.Handle(wish, cancellation);

    /// <summary>Why it would be refused now, funds and names apart; null when it would not.</summary>
    public Task<Refused?> Try(WirePlacing wish, CancellationToken cancellation) => place.Try(wish, cancellation);

    public Task<OrderFacts?> Find(WireOrderKey key, CancellationToken cancellation) => find.One(key, cancellation);

    /// <summary>A list's orders; empty when the account has no such list.</summary>
    public Task<IReadOnlyList<OrderFacts>> FindList(WireOrderKey key, CancellationToken cancellation) => find.List(key, cancellation);

    public Task<IReadOnlyList<OrderFacts>> List(WireOrderSpan span, CancellationToken cancellation) => find.Many(span, cancellation);

    /// <summary>Ends an open order, and what belongs to it; the first is the one meant. NotFound also for one that has ended.</summary>
    public Task<(IReadOnlyList<OrderFacts> Ended, Refused? Refused)> Cancel(UserId user, WireCancel wish, CancellationToken cancellation) => cancel.Handle(user, wish, cancellation);

    /// <summary>Ends all open orders of a pair.</summary>
    public Task<IReadOnlyList<OrderFacts>> CancelAll(UserId user, WireCancel wish, CancellationToken cancellation) => cancel.All(user, wish, cancellation);

    /// <summary>Makes an open order smaller where it stands, under the same or another name.</summary>
    public Task<(OrderFacts? Order, Refused? Refused)> Reduce(UserId user, WireOrderKey key, decimal quantity, string name, CancellationToken cancellation) =>
        amend.Handle(user, key, quantity, name, cancellation);
}

/// <summary>An order to be ended by the wire.</summary>
/// <param name="Key">Which; without id and name all of the pair.</param>
/// <param name="Name">What the wire calls the cancel.</param>
internal sealed record WireCancel(WireOrderKey Key, string Name)
{
    /// <summary>Only an order of which a part is filled, or only one of which none is; else it is refused as InvalidField.</summary>
    public bool? PartFilled { get; init; }
}
