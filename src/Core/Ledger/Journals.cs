using Lastro.Core.Markets;

namespace Lastro.Core.Ledger;

/// <summary>One fill, as the ledger sees it.</summary>
public sealed record FillEntry
{
    /// <summary>The order's account.</summary>
    public required Guid Account { get; init; }

    /// <summary>Which way.</summary>
    public required Side Side { get; init; }

    /// <summary>Base units.</summary>
    public required Money Base { get; init; }

    /// <summary>Quote units: price times quantity.</summary>
    public required Money Quote { get; init; }

    /// <summary>The fee, in the asset received.</summary>
    public required Money Fee { get; init; }
}

/// <summary>Builds the journals of every business event. Each adds up to zero by construction.</summary>
public static class Journals
{
    /// <summary>Virtual money for an account; once per season of it.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="amount">How much of what.</param>
    /// <param name="time">Wall clock.</param>
    /// <param name="season">Counted from 1.</param>
    public static Journal Grant(Guid account, Money amount, DateTimeOffset time, int season = 1) => new()
    {
        BusinessKey = GrantKey(account, season),
        Kind = JournalKind.Grant,
        Time = time,
        Postings =
        [
            new Posting(House.Issuer, amount.Asset, Bucket.Available, -amount.Amount),
            new Posting(account, amount.Asset, Bucket.Available, amount.Amount),
        ],
    };

    /// <summary>Takes back all that an account owns at the end of a season. Nothing may be held any more.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="season">The season that ends.</param>
    /// <param name="owned">Every asset's balance, zeros left out.</param>
    /// <param name="time">Wall clock.</param>
    public static Journal Reset(Guid account, int season, IReadOnlyList<Money> owned, DateTimeOffset time) => new()
    {
        BusinessKey = $"reset:{account}:{season}",
        Kind = JournalKind.Reset,
        Time = time,
        Postings =
        [
            .. owned.SelectMany(balance => new[]
            {
                new Posting(account, balance.Asset, Bucket.Available, -balance.Amount),
                new Posting(House.Issuer, balance.Asset, Bucket.Available, balance.Amount),
            }),
        ],
    };

    /// <summary>The key of a season's grant.</summary>
    public static string GrantKey(Guid account, int season) => season == 1 ? $"grant:{account}" : $"grant:{account}:{season}";

    /// <summary>Keeps money back for an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="account">Whose.</param>
    /// <param name="amount">How much.</param>
    /// <param name="time">Market time.</param>
    /// <param name="key">The event, when it is not the order's first hold.</param>
    public static Journal Hold(long order, Guid account, Money amount, DateTimeOffset time, string? key = null) =>
        Move(JournalKind.Hold, order, account, amount, time, key);

    /// <summary>Gives back what an order no longer needs.</summary>
    /// <param name="order">The order.</param>
    /// <param name="account">Whose.</param>
    /// <param name="amount">How much.</param>
    /// <param name="time">Market time.</param>
    /// <param name="key">The event, when it is not the order's end.</param>
    public static Journal Release(long order, Guid account, Money amount, DateTimeOffset time, string? key = null) =>
        Move(JournalKind.Release, order, account, amount with { Amount = -amount.Amount }, time, key);

    /// <summary>Pays out of the hold, receives the rest after the fee; the market takes the other side.</summary>
    /// <param name="order">The order.</param>
    /// <param name="number">Its fills are numbered from 1.</param>
    /// <param name="fillId">Id of the fill's row.</param>
    /// <param name="fill">The amounts.</param>
    /// <param name="time">Market time.</param>
    public static Journal Fill(long order, int number, long fillId, FillEntry fill, DateTimeOffset time)
    {
        var (paid, received) = fill.Side == Side.Buy ? (fill.Quote, fill.Base) : (fill.Base, fill.Quote);
        var net = received - fill.Fee;
        Posting[] lines =
        [
            new(fill.Account, paid.Asset, Bucket.Held, -paid.Amount),
            new(House.Market, paid.Asset, Bucket.Available, paid.Amount),
            new(House.Market, received.Asset, Bucket.Available, -received.Amount),
            new(fill.Account, received.Asset, Bucket.Available, net.Amount),
            new(House.Fees, received.Asset, Bucket.Available, fill.Fee.Amount),
        ];
        return new Journal
        {
            BusinessKey = FillKey(order, number),
            Kind = JournalKind.Fill,
            Time = time,
            OrderId = order,
            FillId = fillId,
            Postings = [.. lines.Where(line => line.Amount != 0m)],
        };
    }

    /// <summary>The key of an order's fill, by which an unknown outcome is looked up.</summary>
    public static string FillKey(long order, int number) => $"fill:{order}:{number}";

    private static Journal Move(JournalKind kind, long order, Guid account, Money held, DateTimeOffset time, string? key) => new()
    {
        BusinessKey = key ?? (kind == JournalKind.Hold ? $"hold:{order}" : $"release:{order}"),
        Kind = kind,
        Time = time,
        OrderId = order,
        Postings =
        [
            new Posting(account, held.Asset, Bucket.Available, -held.Amount),
            new Posting(account, held.Asset, Bucket.Held, held.Amount),
        ],
    };
}
