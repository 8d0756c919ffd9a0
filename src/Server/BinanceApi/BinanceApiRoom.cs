using Lastro.Server.BinanceApi.Account;
using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;
using Lastro.Server.Platform.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lastro.Server.BinanceApi;

/// <summary>The door: Binance's wire.</summary>
internal static class BinanceApiRoom
{
    public static IServiceCollection AddBinanceApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BinanceApiOptions>().Bind(configuration.GetSection("BinanceApi")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ApiKeys.ApiKeyDesk, NoKeys>();
        services.AddAccountVerbs();
        return services.AddSingleton<UserEvents>();
    }

    public static void MapBinanceApi(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        services.GetRequiredService<UserFeed>().Open(services.GetRequiredService<OutboxPump>());
    }
}
