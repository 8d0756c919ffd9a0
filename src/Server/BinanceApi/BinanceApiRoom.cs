using Lastro.Server.BinanceApi.Account;
using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.SocketApi;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.BinanceApi.Trading;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Platform.Outbox;

namespace Lastro.Server.BinanceApi;

/// <summary>The door: Binance's wire.</summary>
internal static class BinanceApiRoom
{
    public static IServiceCollection AddBinanceApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BinanceApiOptions>().Bind(configuration.GetSection("BinanceApi")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WireLimits>().AddSingleton<WireGate>().AddSingleton<WireAnswers>().AddSingleton<WireCaller>().AddSingleton<WireRest>();
        services.AddMarketCalls();
        services.AddSingleton(all => new ApiKeys.WeightLimit(() => all.GetRequiredService<WireLimits>().Options.WeightPerMinute));
        services.AddTradingCalls();
        services.AddAccountVerbs();
        services.AddMarketStreams(configuration).AddSingleton<UserStreams>().AddSocketApi();
        return services.AddSingleton<UserEvents>().AddSingleton<FirstFills>();
    }

    /// <summary>Stands before everything that is for browsers; the wire's requests go no further than here.</summary>
    public static WebApplication UseBinanceApi(this WebApplication app)
    {
        app.Services.GetRequiredService<UserFeed>().Open(app.Services.GetRequiredService<OutboxPump>());
        app.Services.GetRequiredService<FirstFills>().Open(app.Services.GetRequiredService<OutboxPump>());
        WirePipeline.Use(app, Map);
        return app;
    }

    /// <summary>The wire's routes: a world of their own below <see cref="BinanceApiOptions.Prefix"/>. Each says that anybody may come so far; the gate asks for keys.</summary>
    private static void Map(IEndpointRouteBuilder routes)
    {
        WireRest.Map(routes, routes.ServiceProvider.GetServices<IWireVerb>());
        routes.MapMarketStreams();
        routes.MapSocketApi();
    }
}
