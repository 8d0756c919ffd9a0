namespace Lastro.Core.Markets;

/// <summary>Open, high, low, close and volume of one span of time.</summary>
public readonly record struct Candle
{
    /// <summary>Start of the span, Unix milliseconds.</summary>
    public required long OpenTimeMs { get; init; }

    /// <summary>First price.</summary>
    public required Price Open { get; init; }

    /// <summary>Highest price.</summary>
    public required Price High { get; init; }

    /// <summary>Lowest price.</summary>
    public required Price Low { get; init; }

    /// <summary>Last price.</summary>
    public required Price Close { get; init; }

    /// <summary>Base units traded.</summary>
    public required Quantity Volume { get; init; }

    /// <summary>Quote units traded; 0 where the source does not say.</summary>
    public decimal QuoteVolume { get; init; }

    /// <summary>Base units bought by takers; 0 where the source does not say.</summary>
    public Quantity TakerBuyVolume { get; init; }

    /// <summary>Quote units spent by buying takers; 0 where the source does not say.</summary>
    public decimal TakerBuyQuoteVolume { get; init; }

    /// <summary>Number of trades; 0 where the source does not say.</summary>
    public int Trades { get; init; }
}
