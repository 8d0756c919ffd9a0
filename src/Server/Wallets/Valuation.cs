using System.ComponentModel.DataAnnotations;
using Lastro.Core;
using Lastro.Server.Orders;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Wallets;

/// <summary>What an amount is worth by the last trades. Null where no price tells.</summary>
/// <param name="Usdt">In USDT.</param>
/// <param name="Usd">1 USDT = 1 USD.</param>
/// <param name="Brl">By the source's USDTBRL, else by the rate in the settings.</param>
internal sealed record Worth(decimal? Usdt, decimal? Usd, decimal? Brl);

/// <summary>The rates behind the values.</summary>
/// <param name="UsdPerUsdt">1, by definition.</param>
/// <param name="BrlPerUsdt">Null when neither the source nor the settings have one.</param>
/// <param name="BrlSource">lastTrade or setting.</param>
/// <param name="BrlDate">Of the setting; null for a trade.</param>
internal sealed record Rates(
    decimal UsdPerUsdt, decimal? BrlPerUsdt, [property: AllowedValues("lastTrade", "setting", null)] string? BrlSource, DateOnly? BrlDate);

/// <summary>Values by the last trades: estimates, rounded once to 8 places.</summary>
internal sealed class Valuation(PriceIn prices, IOptions<WalletsOptions> options)
{
    public const int Places = 8;
    private static readonly Asset Usdt = new("USDT");

    /// <summary>What values are in.</summary>
    public Asset Asset { get; } = new(options.Value.ValueAsset);

    /// <summary>What one unit is worth in the value asset.</summary>
    public decimal? Price(string asset) => prices.Ask(new Asset(asset), Asset);

    public decimal? Value(string asset, decimal amount) => amount == 0m ? 0m : Price(asset) is { } price ? decimal.Round(amount * price, Places) : null;

    public Rates Rates() => prices.Ask(Usdt, new Asset("BRL")) is { } traded
        ? new Rates(1m, decimal.Round(traded, Places), "lastTrade", null)
        : options.Value.BrlPerUsdt is { } set ? new Rates(1m, set, "setting", options.Value.BrlDate) : new Rates(1m, null, null, null);

    /// <summary>A value in the currencies people count in.</summary>
    public Worth Worth(decimal? value, Rates rates)
    {
        var usdt = value is { } known && prices.Ask(Asset, Usdt) is { } price ? decimal.Round(known * price, Places) : (decimal?)null;
        return new Worth(usdt, usdt * rates.UsdPerUsdt, usdt * rates.BrlPerUsdt is { } brl ? decimal.Round(brl, Places) : null);
    }

    /// <summary>The sum of an account's balances; null when one has no price.</summary>
    public decimal? Equity(IEnumerable<(string Asset, decimal Total)> balances)
    {
        var sum = 0m;
        foreach (var (asset, total) in balances)
        {
            if (Value(asset, total) is not { } value) return null;
            sum += value;
        }

        return sum;
    }

    /// <summary>What sales brought and what fees took in a season. Amounts in another quote are converted by its last trade.</summary>
    public SeasonResult Result(IEnumerable<Position> positions)
    {
        decimal? realised = 0m, fees = 0m;
        var trades = 0;
        foreach (var position in positions)
        {
            realised += In(position.Quote, position.Realised);
            fees += In(position.Quote, position.Fees);
            trades += position.Trades;
        }

        return new SeasonResult(realised, fees, trades);
    }

    /// <summary>A quote amount in the value asset: itself where they are the same, not rounded.</summary>
    public decimal? In(string quote, decimal amount) => quote == Asset.Code ? amount : Value(quote, amount);
}

/// <summary>What an account's fills made in a season, in the value asset; null when a quote has no price.</summary>
internal sealed record SeasonResult(decimal? Realised, decimal? Fees, int Trades);
