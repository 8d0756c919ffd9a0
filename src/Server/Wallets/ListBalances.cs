using Dapper;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>What an account owns, asset by asset, and what it is worth by the last trades.</summary>
internal sealed class ListBalances(NpgsqlDataSource database, Valuation valuation, TimeProvider clock)
{
    /// <param name="Asset">Ticker.</param>
    /// <param name="Available">Free to use.</param>
    /// <param name="Held">Kept back by open orders.</param>
    /// <param name="Total">Both.</param>
    /// <param name="Value">Total times price; null without a price.</param>
    /// <param name="AverageCost">What one unit cost on average, fees apart; null when it was not bought for the value asset only.</param>
    /// <param name="Price">Last price in the value asset; null when no pair tells.</param>
    /// <param name="Worth">The value in USDT, USD and BRL.</param>
    public sealed record Item(
        string Asset, decimal Available, decimal Held, decimal Total, decimal? Value, decimal? AverageCost, decimal? Price, Worth Worth);

    /// <param name="Items">Assets ever owned, by name.</param>
    /// <param name="ValueAsset">What values are in.</param>
    /// <param name="Total">Sum of the values; null when one is missing.</param>
    /// <param name="Worth">The total in USDT, USD and BRL.</param>
    /// <param name="Rates">What the worth was computed with.</param>
    /// <param name="AsOf">When it was read.</param>
    public sealed record Response(IReadOnlyList<Item> Items, string ValueAsset, decimal? Total, Worth Worth, Rates Rates, DateTimeOffset AsOf);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Route(string id, ListBalances verb, HttpContext context) =>
        Guid.TryParse(id, out var account) && await verb.Handle(UserId.Of(context.User), account, context.RequestAborted) is { } answer
            ? TypedResults.Ok(answer)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<Response?> Handle(UserId user, Guid account, CancellationToken cancellation)
    {
        var items = await Read(user, account, null, cancellation);
        if (items is null) return null;
        var total = items.All(item => item.Value is not null || item.Total == 0m) ? items.Sum(item => item.Value ?? 0m) : (decimal?)null;
        var rates = valuation.Rates();
        return new Response(items, valuation.Asset.Code, total, valuation.Worth(total, rates), rates, clock.GetUtcNow());
    }

    /// <summary>The balances of the assets asked for (all when null); null when the account is not the user's.</summary>
    public async Task<IReadOnlyList<Item>?> Read(UserId user, Guid account, string[]? assets, CancellationToken cancellation)
    {
        const string sql = """
            SELECT b.asset, trim_scale(b.available), trim_scale(b.held)
            FROM accounts a LEFT JOIN balances b ON b.account_id = a.id AND (@Assets::text[] IS NULL OR b.asset = ANY (@Assets))
            WHERE a.id = @Account AND a.user_id = @User
            ORDER BY b.asset
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = (await connection.QueryAsync<(string? Asset, decimal? Available, decimal? Held)>(
            new CommandDefinition(sql, new { Account = account, User = user.Value, Assets = assets }, cancellationToken: cancellation))).AsList();
        if (rows.Count == 0) return null;
        var costs = await OrdersRoom.AverageCosts(connection, account, valuation.Asset, cancellation);
        var rates = valuation.Rates();
        return [.. rows.Where(row => row.Asset is not null).Select(row => ItemOf(row.Asset!, row.Available ?? 0m, row.Held ?? 0m, costs, rates))];
    }

    private Item ItemOf(string asset, decimal available, decimal held, IReadOnlyDictionary<string, decimal> costs, Rates rates)
    {
        var total = available + held;
        var price = valuation.Price(asset);
        var value = price is null ? (decimal?)null : decimal.Round(total * price.Value, Valuation.Places);
        return new Item(asset, available, held, total, value, costs.TryGetValue(asset, out var cost) ? cost : null, price, valuation.Worth(value, rates));
    }
}
