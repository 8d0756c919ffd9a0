using Lastro.Server.BinanceApi.Trading;
using Lastro.Server.BinanceApi.Users;

namespace Lastro.Server.BinanceApi;

/// <summary>The door: Binance's wire.</summary>
internal static class BinanceApiRoom
{
    public static IServiceCollection AddBinanceApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BinanceApiOptions>().Bind(configuration.GetSection("BinanceApi")).ValidateDataAnnotations().ValidateOnStart();
        services.AddTrading();
        return services.AddSingleton<UserEvents>();
    }
}
