using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Market;

/// <summary>The public calls about the market.</summary>
internal static class MarketCalls
{
    public static void AddMarketCalls(this IServiceCollection services) => services
        .AddSingleton<IWireVerb, Ping>()
        .AddSingleton<IWireVerb, ServerTime>()
        .AddSingleton<IWireVerb, PriceTicker>();
}
