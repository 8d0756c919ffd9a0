using Lastro.Server.BinanceApi.Market;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi;

/// <summary>The door: Binance's wire.</summary>
internal static class BinanceApiRoom
{
    public static IServiceCollection AddBinanceApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BinanceApiOptions>().Bind(configuration.GetSection("BinanceApi")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WireLimits>().AddSingleton<WireGate>().AddSingleton<WireAnswers>().AddSingleton<WireCaller>().AddSingleton<WireRest>();
        services.AddMarketCalls();
        return services.AddSingleton<UserEvents>();
    }

    /// <summary>Stands before everything that is for browsers; the wire's requests go no further than here.</summary>
    public static WebApplication UseBinanceApi(this WebApplication app)
    {
        WirePipeline.Use(app, Map);
        return app;
    }

    /// <summary>The wire's routes: a world of their own below <see cref="BinanceApiOptions.Prefix"/>. Each says that anybody may come so far; the gate asks for keys.</summary>
    private static void Map(IEndpointRouteBuilder routes) => WireRest.Map(routes, routes.ServiceProvider.GetServices<IWireVerb>());
}
