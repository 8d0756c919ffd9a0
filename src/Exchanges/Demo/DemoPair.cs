using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Demo;

/// <summary>How an invented market of one pair behaves. Prices, grids and liveliness resemble the real pair's.</summary>
internal sealed record DemoPair
{
    public required string Base { get; init; }

    public required string Quote { get; init; }

    /// <summary>The price it moves around over the years.</summary>
    public required decimal Price { get; init; }

    public required decimal Tick { get; init; }

    public required decimal Step { get; init; }

    public required decimal MinNotional { get; init; }

    /// <summary>Standard deviation of a day's own logarithmic move, apart from what it shares with others.</summary>
    public required double DailyVolatility { get; init; }

    /// <summary>Pairs whose logarithmic moves it shares, and how much of them; the first one leads within the day.</summary>
    public required IReadOnlyList<(string Pair, double Share)> Leaders { get; init; }

    /// <summary>Correlation with the first leader of what happens within the day.</summary>
    public required double Correlation { get; init; }

    /// <summary>Quote units traded on a usual day.</summary>
    public required decimal DailyQuoteVolume { get; init; }

    public required int TradesPerMinute { get; init; }

    public string Name => Base + Quote;

    public Instrument ToInstrument() => new()
    {
        Symbol = new Symbol(Name),
        Base = new Asset(Base),
        Quote = new Asset(Quote),
        TickSize = Tick,
        StepSize = Step,
        MinQuantity = Step,
        MinNotional = MinNotional,
    };
}
