using System.ComponentModel.DataAnnotations;
using Lastro.Core.Orders;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Lanes;

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

/// <summary>The door: orders and fills of paper accounts.</summary>
internal static class OrdersRoom
{
    /// <summary>Call it before the room that starts the price source, so that open orders are back in the lanes before prices flow.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OrdersOptions>().Bind(configuration.GetSection("Orders")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OrderMailbox>().AddSingleton<OrdersStage>().AddSingleton<ILaneStage>(all => all.GetRequiredService<OrdersStage>());
        services.AddSingleton<FillWriter>().AddSingleton<OrderRescue>().AddSingleton<OrderLoopState>().AddSingleton<OrderEvents>().AddSingleton<OrderEntry>().AddSingleton<OrderEnding>();
        services.AddHostedService<RecoverOrders>();
        services.AddHostedService<OrderLoop>();
        services.AddHostedService(all => all.GetRequiredService<OrderRescue>());
        services.AddSingleton<PlaceOrder>().AddSingleton<CancelOrder>().AddSingleton<CancelOrders>();
        return services.AddSingleton<ShowOrder>().AddSingleton<ListOrders>().AddSingleton<ListFills>();
    }

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var stage = routes.ServiceProvider.GetRequiredService<OrdersStage>();
        routes.ServiceProvider.GetRequiredService<MarketsRoom>().KeepFollowed(() => stage.Wanted);
        var orders = routes.MapGroup("/api/v1/orders").WithTags("orders").RequireAuthorization(Policies.Signed);
        orders.MapPost("", PlaceOrder.Route).RequireRateLimiting(RateLimits.Orders);
        orders.MapGet("", ListOrders.Route);
        orders.MapGet("/{id}", ShowOrder.Route);
        orders.MapDelete("/{id}", CancelOrder.Route);
        orders.MapDelete("", CancelOrders.Route);
        routes.MapGroup("/api/v1/fills").WithTags("orders").RequireAuthorization(Policies.Signed).MapGet("", ListFills.Route);
    }
}
