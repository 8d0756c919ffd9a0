using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Text.Json;
using Dapper;
using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Core.Matching;
using Lastro.Core.Orders;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>Settings under <c>Orders</c>.</summary>
internal sealed record OrdersOptions
{
    /// <summary>Share taken from fills of resting orders: 0.001 is 0.1 %.</summary>
    [Range(0, 0.1)]
    public decimal MakerFee { get; init; } = 0.001m;

    /// <summary>Share taken from fills against the book.</summary>
    [Range(0, 0.1)]
    public decimal TakerFee { get; init; } = 0.001m;

    /// <summary>Where a pair has no book: basis points the last price is moved against a taker.</summary>
    [Range(0, 1_000)]
    public decimal SlippageBps { get; init; } = 5m;

    /// <summary>How resting orders fill; the queue is <c>through</c> for itself as long as a pair has no book.</summary>
    public FillModel FillModel { get; init; } = FillModel.Queue;

    /// <summary>Orders that may be on their way in at once; more are refused as busy.</summary>
    [Range(1, 100_000)]
    public int MaxPlacing { get; init; } = 1_024;

    /// <summary>Decisions that may wait for their transaction.</summary>
    [Range(16, 1_000_000)]
    public int MailboxSize { get; init; } = 16_384;

    /// <summary>Decisions written in one transaction.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Milliseconds a market order's answer waits for the outcome.</summary>
    [Range(0, 10_000)]
    public int AnswerWaitMs { get; init; } = 2_000;

    public FeeRates Fees => new(MakerFee, TakerFee);
}

/// <summary>An event of the outbox topic <c>orders</c>, as other rooms may read it: which order changed, and of what.</summary>
internal static class OrderTopic
{
    public const string Name = "orders";

    /// <summary>The assets whose balances the event may have changed.</summary>
    public static string[] Assets(OutboxEvent told)
    {
        var order = told.Payload.GetProperty("order");
        return [order.GetProperty("base").GetString()!, order.GetProperty("quote").GetString()!];
    }

    public static OrderTold Read(OutboxEvent told, JsonSerializerOptions json) => OrderEvents.Read(told, json);
}

/// <summary>An order of a list.</summary>
/// <param name="Id">The order's.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Open">False when it has ended.</param>
internal sealed record ListMember(long Id, string Name, bool Open);

/// <summary>An event of the topic: an order after a change, and how it came there.</summary>
internal sealed record OrderTold(OrderFacts Order, string Base, string Quote)
{
    /// <summary>Its status before; null when this placed it.</summary>
    public OrderStatus? From { get; init; }

    /// <summary>Its owner has changed its terms.</summary>
    public bool Amended { get; init; }

    /// <summary>What the wire called it before; null where that has not changed.</summary>
    public string? NameBefore { get; init; }

    /// <summary>What the wire calls the cancel that ended it; null for one without a name.</summary>
    public string? CancelName { get; init; }

    /// <summary>A trailing stop that has an extreme.</summary>
    public bool Follows { get; init; }

    /// <summary>What caused it.</summary>
    public FillFacts? Fill { get; init; }

    /// <summary>Its list as this change leaves it; empty without one.</summary>
    public IReadOnlyList<ListMember> List { get; init; } = [];
}

/// <summary>Which of an account's fills of one pair: of an order, from an id on, or of a time; the newest where nothing else is said.</summary>
internal sealed record TradeWish(Guid Account, string Symbol, string Base, int Limit)
{
    public long? Order { get; init; }

    /// <summary>From this fill on, oldest first.</summary>
    public long? FromId { get; init; }

    /// <summary>From this market time on, oldest first.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Up to this market time.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A fill of an account's trade history.</summary>
internal sealed record Trade(long Id, long OrderId, long? ListId, decimal Price, decimal Quantity, decimal QuoteQuantity, decimal Fee, string FeeAsset, DateTime Time, bool Buys, bool Maker);

/// <summary>What an account's fills of one season made of an asset, in units of the quote.</summary>
/// <param name="Asset">Bought and sold.</param>
/// <param name="Quote">For this.</param>
/// <param name="Quantity">Bought and not sold yet.</param>
/// <param name="Cost">What that cost, fees apart.</param>
/// <param name="Realised">What sales brought above the average cost, fees apart.</param>
/// <param name="Fees">Fees taken; those in the asset at their fill's price.</param>
/// <param name="Trades">Fills.</param>
internal sealed record Position(string Asset, string Quote, decimal Quantity, decimal Cost, decimal Realised, decimal Fees, int Trades);

/// <summary>An order in the few words that other rooms show of it.</summary>
internal sealed record OrderGlimpse
{
    public required string Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string Symbol { get; init; }

    public required string Base { get; init; }

    public required string Quote { get; init; }

    [AllowedValues("buy", "sell")]
    public required string Side { get; init; }

    [AllowedValues("market", "limit", "stopLoss", "stopLossLimit", "takeProfit", "takeProfitLimit", "trailingStop")]
    public required string Type { get; init; }

    [AllowedValues("waiting", "paused", "triggered", "new", "partiallyFilled", "filled", "canceled", "rejected", "expired", "failed")]
    public required string Status { get; init; }

    public required decimal FilledQuantity { get; init; }

    /// <summary>Null while nothing is filled.</summary>
    public required decimal? AveragePrice { get; init; }

    /// <summary>Market time.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What ending all orders of an account came to, inside the caller's transaction.</summary>
/// <param name="Count">Orders ended.</param>
/// <param name="Releases">To be posted in the same transaction.</param>
/// <param name="Told">To be called once that has committed.</param>
internal sealed record CanceledOrders(int Count, IReadOnlyList<Journal> Releases, Func<Task> Told);

/// <summary>The orders of one account, for the room that opens and resets accounts.</summary>
internal sealed class AccountOrders(OrderEnding ending)
{
    /// <summary>Ends every open order. The caller holds the account's row FOR UPDATE, so no order can come in meanwhile.</summary>
    public async Task<CanceledOrders> CancelAll(
        NpgsqlConnection connection, NpgsqlTransaction transaction, UserId user, Guid account, CancellationToken cancellation)
    {
        var (orders, releases) = await ending.CancelAll(connection, transaction, new EndingWish(user, Account: account), cancellation);
        return new CanceledOrders(orders.Count, releases, () => ending.Tell(orders));
    }
}

/// <summary>What an account's fills of an ended season come to, told again from them.</summary>
/// <param name="Trades">How many.</param>
/// <param name="Quotes">What they were paid in; the sums mean something when it is one.</param>
/// <param name="Realised">Sum over the assets, in units of 10^-18 of the quote.</param>
/// <param name="Fees">Likewise.</param>
internal sealed record SeasonFills(int Trades, IReadOnlyList<string> Quotes, BigInteger Realised, BigInteger Fees);

/// <summary>What orders and fills say, for comparison with the ledger.</summary>
/// <param name="Findings">Checks among themselves.</param>
/// <param name="HeldByOrder">What each order holds, where it is not zero.</param>
/// <param name="Fills">How many there are.</param>
/// <param name="FeesByThousand">Of each thousand fill ids that has fills: the MD5 of "id:fee" of every fill, joined by commas in the order of ids. One line a fill would not fit into a server's memory.</param>
/// <param name="Ended">What the fills of each account's ended seasons come to.</param>
internal sealed record OrderAuditReport(
    IReadOnlyList<LedgerFinding> Findings, IReadOnlyDictionary<long, decimal> HeldByOrder, long Fills, IReadOnlyDictionary<long, string> FeesByThousand,
    IReadOnlyDictionary<(Guid Account, int Season), SeasonFills> Ended);

/// <summary>The door: orders and fills of paper accounts.</summary>
internal static class OrdersRoom
{
    /// <summary>Call it before the room that starts the price source, so that open orders are back in the lanes before prices flow.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OrdersOptions>().Bind(configuration.GetSection("Orders")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OrderMailbox>().AddSingleton<OrdersStage>().AddSingleton<ILaneStage>(all => all.GetRequiredService<OrdersStage>());
        services.AddSingleton<OrderLanes>().AddSingleton<FillWriter>().AddSingleton<OrderRescue>().AddSingleton<OrderLoopState>().AddSingleton<OrderEvents>();
        services.AddSingleton<OrderStoreReader>().AddSingleton<OrderMeasure>().AddSingleton<OrderAnswers>().AddSingleton<OrderEnding>().AddSingleton<OrderChange>();
        services.AddSingleton<IntakeWriter>().AddSingleton<OrderIntake>().AddSingleton<AccountOrders>();
        services.AddHealthChecks().AddCheck<OrdersHealth>("orders");
        services.AddHostedService<RecoverOrders>();
        services.AddHostedService<OrderLoop>();
        services.AddHostedService(all => all.GetRequiredService<OrderIntake>());
        services.AddHostedService<ExtremeWriter>();
        services.AddSingleton<MarketMarks>().AddHostedService(all => all.GetRequiredService<MarketMarks>());
        services.AddSingleton(all => new MarketLeft(
            (market, cancellation) => all.GetRequiredService<MarketMarks>().Left(market, cancellation),
            (rule, pairs, cancellation) => all.GetRequiredService<MarketMarks>().Resumed(rule, pairs, cancellation)));
        services.AddHostedService(all => all.GetRequiredService<OrderRescue>());
        services.AddSingleton<OrderChannel>().AddSingleton<PlaceOrder>().AddSingleton<ListEntry>().AddSingleton<PlaceOco>().AddSingleton<PlaceBracket>();
        services.AddSingleton<AmendOrder>().AddSingleton<ReplaceOrder>().AddSingleton<PauseOrder>().AddSingleton<RetryOrder>();
        services.AddSingleton<CancelOrder>().AddSingleton<CancelOrders>();
        services.AddSingleton<PlaceByWire>().AddSingleton<FindByWire>().AddSingleton<CancelByWire>().AddSingleton<AmendByWire>().AddSingleton<WireOrders>();
        return services.AddSingleton<ShowOrder>().AddSingleton<ListOrders>().AddSingleton<ListFills>();
    }

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var stage = routes.ServiceProvider.GetRequiredService<OrdersStage>();
        routes.ServiceProvider.GetRequiredService<MarketsRoom>().KeepFollowed(() => stage.Wanted);
        routes.ServiceProvider.GetRequiredService<OrderChannel>().Open(
            routes.ServiceProvider.GetRequiredService<StreamHub>(), routes.ServiceProvider.GetRequiredService<OutboxPump>());
        var orders = routes.MapGroup("/api/v1/orders").WithTags("orders").RequireAuthorization(Policies.Signed);
        orders.MapPost("", PlaceOrder.Route).RequireRateLimiting(RateLimits.Orders);
        orders.MapPost("/oco", PlaceOco.Route).RequireRateLimiting(RateLimits.Orders);
        orders.MapPost("/bracket", PlaceBracket.Route).RequireRateLimiting(RateLimits.Orders);
        orders.MapPatch("/{id}", AmendOrder.Route).RequireRateLimiting(RateLimits.Orders);
        orders.MapPost("/{id}/replace", ReplaceOrder.Route).RequireRateLimiting(RateLimits.Orders);
        orders.MapPost("/{id}/pause", PauseOrder.Route);
        orders.MapPost("/{id}/resume", PauseOrder.ResumeRoute);
        orders.MapPost("/{id}/retry", RetryOrder.Route).RequireRateLimiting(RateLimits.Orders);
        orders.MapGet("", ListOrders.Route);
        orders.MapGet("/{id}", ShowOrder.Route);
        orders.MapDelete("/{id}", CancelOrder.Route);
        orders.MapDelete("", CancelOrders.Route);
        routes.MapGroup("/api/v1/fills").WithTags("orders").RequireAuthorization(Policies.Signed).MapGet("", ListFills.Route);
    }

    /// <summary>An account's fills of one pair, oldest first.</summary>
    public static Task<IReadOnlyList<Trade>> Trades(NpgsqlDataSource database, TradeWish wish, CancellationToken cancellation) => TradeHistory.Read(database, wish, cancellation);

    /// <summary>Checks orders and fills against each other, in the caller's snapshot.</summary>
    public static Task<OrderAuditReport> Audit(NpgsqlConnection connection, CancellationToken cancellation) => OrderAudit.Run(connection, cancellation);

    /// <summary>What the open orders of these accounts hold, asset by asset.</summary>
    public static async Task<Dictionary<(Guid Account, string Asset), decimal>> Held(NpgsqlConnection connection, Guid[] accounts, CancellationToken cancellation)
    {
        const string sql = """
            SELECT account_id, hold_asset, trim_scale(sum(held)) FROM orders
            WHERE account_id = ANY (@accounts) AND held <> 0 GROUP BY account_id, hold_asset
            """;
        var rows = await connection.QueryAsync<(Guid Account, string Asset, decimal Held)>(new CommandDefinition(sql, new { accounts }, cancellationToken: cancellation));
        return rows.ToDictionary(row => (row.Account, row.Asset), row => row.Held);
    }

    /// <summary>What the account's fills of its open season come to, asset by asset and quote by quote.</summary>
    public static async Task<IReadOnlyList<Position>> Positions(NpgsqlConnection connection, Guid account, CancellationToken cancellation)
    {
        // Decimal holds 28 digits; a billion and more of a small coin's quote is told to 8 places.
        const string sql = """
            SELECT asset, quote, trim_scale(quantity) AS quantity, trim_scale(CASE WHEN cost < 1e9 THEN cost ELSE round(cost, 8) END) AS cost,
                trim_scale(CASE WHEN abs(realised) < 1e9 THEN realised ELSE round(realised, 8) END) AS realised,
                trim_scale(CASE WHEN fees < 1e9 THEN fees ELSE round(fees, 8) END) AS fees, trades
            FROM positions WHERE account_id = @account ORDER BY asset, quote
            """;
        var rows = await connection.QueryAsync<Position>(new CommandDefinition(sql, new { account }, cancellationToken: cancellation));
        return rows.AsList();
    }

    /// <summary>These orders as far as they are the user's, by id.</summary>
    public static async Task<IReadOnlyDictionary<long, OrderGlimpse>> Glimpses(
        NpgsqlConnection connection, UserId user, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        const string sql = $"SELECT {OrderRow.Columns} FROM orders WHERE user_id = @User AND id = ANY (@Ids)";
        var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, new { User = user.Value, Ids = ids.ToArray() }, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Id, row => OrderView.Of(row).Glimpse());
    }

    /// <summary>Marks the end of a season among the account's fills; its positions begin anew. No order of it may be open.</summary>
    public static Task EndSeason(NpgsqlConnection connection, Guid account, int season, CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO season_marks (account_id, season, after_fill) VALUES (@account, @season, 0)", new { account, season }, cancellationToken: cancellation));

    /// <summary>What one unit of each asset cost the account on average, fees apart; only assets bought for the given quote alone.</summary>
    public static async Task<IReadOnlyDictionary<string, decimal>> AverageCosts(
        NpgsqlConnection connection, Guid account, Asset quote, CancellationToken cancellation)
    {
        const string sql = """
            SELECT asset AS Asset, round(sum(cost) / sum(quantity), 12) AS Cost FROM positions
            WHERE account_id = @Account AND quantity > 0 GROUP BY asset HAVING bool_and(quote = @Quote)
            """;
        var rows = await connection.QueryAsync<(string Asset, decimal Cost)>(
            new CommandDefinition(sql, new { Account = account, Quote = quote.Code }, cancellationToken: cancellation));
        return rows.ToDictionary(row => row.Asset, row => row.Cost, StringComparer.Ordinal);
    }
}
