namespace Lastro.Core.Markets;

/// <summary>How far a trade or quote may differ from what came before.</summary>
public sealed record SanityLimits
{
    /// <summary>For an exchange's live data, checked against the wall clock.</summary>
    public static SanityLimits Live { get; } = new();

    /// <summary>For recorded and simulated data: time is the data's own, and a price without volume (quantity 0) is allowed.</summary>
    public static SanityLimits Replay { get; } = new() { CheckClock = false, AllowZeroQuantity = true };

    /// <summary>Largest plausible factor between two neighbouring prices: 1.2 allows +20 % and -16.7 %.</summary>
    public decimal Band { get; init; } = 1.2m;

    /// <summary>The factor after <see cref="SilenceMs"/> without a trade.</summary>
    public decimal BandAfterSilence { get; init; } = 2m;

    /// <summary>Without a trade for this long the last price says less, and the wider band holds.</summary>
    public long SilenceMs { get; init; } = 600_000;

    /// <summary>Neighbouring trades that must agree on a new level outside the band before it is believed.</summary>
    public int Confirmations { get; init; } = 3;

    /// <summary>False when the data's own time governs.</summary>
    public bool CheckClock { get; init; } = true;

    /// <summary>How far ahead of our clock a trade may be.</summary>
    public long MaxAheadMs { get; init; } = 10_000;

    /// <summary>How old a trade may be on arrival (gaps filled after an outage are old).</summary>
    public long MaxAgeMs { get; init; } = 3_600_000;

    /// <summary>How far back time may go from one trade to the next.</summary>
    public long MaxBackMs { get; init; } = 1_000;

    /// <summary>True when a trade may carry no volume, as in a file without volumes.</summary>
    public bool AllowZeroQuantity { get; init; }
}

/// <summary>Why a trade or quote was kept out.</summary>
public enum SanityReason
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Price or quantity is zero or negative.</summary>
    NotPositive,

    /// <summary>The id is not above the last one.</summary>
    NotRising,

    /// <summary>Its time is ahead of the clock.</summary>
    FromTheFuture,

    /// <summary>It is too old, or time went back.</summary>
    TooOld,

    /// <summary>Too far from the last price, and not confirmed.</summary>
    OutOfBand,

    /// <summary>The best bid is not below the best ask.</summary>
    Crossed,
}
