namespace Lastro.Core.Markets;

/// <summary>What can be traded under a symbol and on which grid. Prices are multiples of the tick, quantities of the step.</summary>
public sealed record Instrument
{
    /// <summary>The pair.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>The asset bought and sold.</summary>
    public required Asset Base { get; init; }

    /// <summary>The asset prices are in.</summary>
    public required Asset Quote { get; init; }

    /// <summary>Smallest price difference, in quote units.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Smallest quantity difference, in base units.</summary>
    public required decimal StepSize { get; init; }

    /// <summary>Smallest quantity of an order, in base units.</summary>
    public required decimal MinQuantity { get; init; }

    /// <summary>Largest quantity of an order, in base units.</summary>
    public decimal MaxQuantity { get; init; } = 9_000_000_000m;

    /// <summary>Smallest price times quantity of an order, in quote units.</summary>
    public required decimal MinNotional { get; init; }

    /// <summary>False while the exchange has halted the pair.</summary>
    public bool Trading { get; init; } = true;
}
