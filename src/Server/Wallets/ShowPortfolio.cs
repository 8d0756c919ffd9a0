using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>
/// What an account is worth and what came of its open season. By average cost, fees apart: value - start = realised + unrealised - fees.
/// What was bought or sold for another quote than the value asset is converted by that quote's last trade.
/// </summary>
internal sealed class ShowPortfolio(NpgsqlDataSource database, Valuation valuation, TimeProvider clock)
{
    /// <param name="Asset">Ticker.</param>
    /// <param name="Total">Owned now, held included.</param>
    /// <param name="Price">Last price in the value asset; null when no pair tells.</param>
    /// <param name="Value">Total times price.</param>
    /// <param name="AverageCost">What one unit cost on average, fees apart; null when not all of it was bought.</param>
    /// <param name="Cost">What all of it cost, fees apart; null likewise.</param>
    /// <param name="Unrealised">Value less cost.</param>
    /// <param name="Realised">What sales of it brought above their average cost, fees apart, this season.</param>
    /// <param name="Fees">Fees of its trades this season; those taken in the asset at their fill's price.</param>
    /// <param name="Trades">Fills of it this season.</param>
    /// <param name="Converted">True when another quote than the value asset was converted by its last trade.</param>
    public sealed record Item(
        string Asset, decimal Total, decimal? Price, decimal? Value, decimal? AverageCost, decimal? Cost, decimal? Unrealised,
        decimal? Realised, decimal? Fees, int Trades, bool Converted);

    /// <param name="Season">The open season.</param>
    /// <param name="SeasonStartedAt">Since when the figures count.</param>
    /// <param name="ValueAsset">What all amounts are in.</param>
    /// <param name="Start">Virtual money the season began with.</param>
    /// <param name="Value">Worth of everything now; null when an asset has no price.</param>
    /// <param name="Worth">The value in USDT, USD and BRL.</param>
    /// <param name="Change">Value less start.</param>
    /// <param name="Unrealised">Of all assets; null when one is not known.</param>
    /// <param name="Realised">Of all assets, fees apart.</param>
    /// <param name="Fees">Of all trades.</param>
    /// <param name="Trades">Fills.</param>
    /// <param name="Estimated">Always true: values follow the last trades, nobody has paid them.</param>
    /// <param name="Items">Assets owned or traded this season, by name.</param>
    /// <param name="Rates">What the worth was computed with.</param>
    /// <param name="AsOf">When it was read.</param>
    public sealed record Response(
        int Season, DateTimeOffset SeasonStartedAt, string ValueAsset, decimal Start, decimal? Value, Worth Worth, decimal? Change, decimal? Unrealised,
        decimal? Realised, decimal? Fees, int Trades, bool Estimated, IReadOnlyList<Item> Items, Rates Rates, DateTimeOffset AsOf);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Route(string id, ShowPortfolio verb, HttpContext context) =>
        Guid.TryParse(id, out var account) && await verb.Handle(UserId.Of(context.User), account, context.RequestAborted) is { } answer
            ? TypedResults.Ok(answer)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<Response?> Handle(UserId user, Guid account, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // Balances and positions of one moment.
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        if (await ListAccounts.One(connection, user, account, cancellation) is not { } item) return null;
        var owned = (await Seasons.Owned(connection, account, cancellation)).ToDictionary(one => one.Asset, one => one.Total, StringComparer.Ordinal);
        var positions = (await OrdersRoom.Positions(connection, account, cancellation)).ToLookup(position => position.Asset, StringComparer.Ordinal);
        var start = await Seasons.Granted(connection, account, item.Season, cancellation);
        var items = owned.Keys.Union(positions.Select(group => group.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(asset => ItemOf(asset, owned.GetValueOrDefault(asset), [.. positions[asset]])).ToList();
        var value = valuation.Equity(owned.Select(one => (one.Key, one.Value)));
        var rates = valuation.Rates();
        return new Response(
            item.Season, item.SeasonStartedAt, valuation.Asset.Code, start, value, valuation.Worth(value, rates), value - start,
            Sum(items, one => one.Asset == valuation.Asset.Code ? 0m : one.Unrealised), Sum(items, one => one.Realised), Sum(items, one => one.Fees),
            items.Sum(one => one.Trades), true, items, rates, clock.GetUtcNow());
    }

    private Item ItemOf(string asset, decimal total, Position[] positions)
    {
        var value = valuation.Value(asset, total);
        var result = valuation.Result(positions);
        var cost = CostOf(total, positions);
        var average = cost is { } known && total > 0m && positions.Length > 0 ? decimal.Round(known / total, 12) : (decimal?)null;
        return new Item(
            asset, total, valuation.Price(asset), value, average, cost, value - cost, result.Realised, result.Fees, result.Trades,
            positions.Any(position => position.Quote != valuation.Asset.Code));
    }

    /// <summary>Null when what is owned is not what was bought and not sold: then nobody can say what it cost.</summary>
    private decimal? CostOf(decimal total, Position[] positions)
    {
        if (positions.Sum(position => position.Quantity) != total) return null;
        decimal? cost = 0m;
        foreach (var position in positions) cost += valuation.In(position.Quote, position.Cost);
        return cost;
    }

    private static decimal? Sum(List<Item> items, Func<Item, decimal?> of)
    {
        decimal? sum = 0m;
        foreach (var item in items) sum += of(item);
        return sum;
    }
}
