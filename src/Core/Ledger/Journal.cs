namespace Lastro.Core.Ledger;

/// <summary>The two halves of a balance.</summary>
public enum Bucket
{
    /// <summary>Free to use.</summary>
    Available,

    /// <summary>Kept back by open orders.</summary>
    Held,
}

/// <summary>What a journal is about.</summary>
public enum JournalKind
{
    /// <summary>Virtual money given to an account.</summary>
    Grant,

    /// <summary>Money kept back for an order.</summary>
    Hold,

    /// <summary>What was left of a hold goes back.</summary>
    Release,

    /// <summary>An exchange of two assets, with its fee.</summary>
    Fill,

    /// <summary>All that an account owns goes back: a season ends.</summary>
    Reset,
}

/// <summary>One line of a journal.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Asset">Of what.</param>
/// <param name="Bucket">Which half of the balance.</param>
/// <param name="Amount">Signed, never zero, at most 18 decimals.</param>
public readonly record struct Posting(Guid Account, Asset Asset, Bucket Bucket, decimal Amount);

/// <summary>One business event in double entry: the amounts of each asset add up to zero.</summary>
public sealed record Journal
{
    /// <summary>Names the event; a second journal with the same key cannot be written.</summary>
    public required string BusinessKey { get; init; }

    /// <summary>What it is about.</summary>
    public required JournalKind Kind { get; init; }

    /// <summary>Market time for orders, wall clock for grants and resets.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The order it belongs to.</summary>
    public long? OrderId { get; init; }

    /// <summary>The fill it belongs to.</summary>
    public long? FillId { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<Posting> Postings { get; init; }
}

/// <summary>Accounts that are nobody's: they hold the other side of what users own, and may be negative.</summary>
public static class House
{
    /// <summary>Gives virtual money out.</summary>
    public static readonly Guid Issuer = new("00000000-0000-0000-0000-000000000001");

    /// <summary>The other side of every fill.</summary>
    public static readonly Guid Market = new("00000000-0000-0000-0000-000000000002");

    /// <summary>Takes the fees in.</summary>
    public static readonly Guid Fees = new("00000000-0000-0000-0000-000000000003");
}
