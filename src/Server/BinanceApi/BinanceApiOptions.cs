using System.ComponentModel.DataAnnotations;

namespace Lastro.Server.BinanceApi;

/// <summary>Settings under <c>BinanceApi</c>.</summary>
internal sealed record BinanceApiOptions
{
    /// <summary>Where the routes always stand.</summary>
    public const string Prefix = "/binance";

    /// <summary>More addresses, divided by semicolons, at whose root the Binance-compatible API stands.</summary>
    public string? Urls { get; init; }

    /// <summary>Orders of one account in ten seconds; 0 switches the limit off.</summary>
    [Range(0, 1_000_000)]
    public int Orders10s { get; init; } = 100;

    /// <summary>Orders of one account in a day; 0 switches the limit off.</summary>
    [Range(0, 100_000_000)]
    public int OrdersPerDay { get; init; } = 200_000;

    /// <summary>Weight of one address in a minute; 0 switches the limit off.</summary>
    [Range(0, 1_000_000_000)]
    public int WeightPerMinute { get; init; } = 6_000;

    /// <summary>Have listen keys, which Binance took away and older bots still need.</summary>
    public bool ListenKeys { get; init; } = true;
}
