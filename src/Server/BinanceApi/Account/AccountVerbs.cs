using Lastro.Server.BinanceApi.Users;
using Lastro.Server.BinanceApi.Wire;

namespace Lastro.Server.BinanceApi.Account;

/// <summary>Puts the calls about an account, and what tells its events, into the host.</summary>
internal static class AccountVerbs
{
    public static IServiceCollection AddAccountVerbs(this IServiceCollection services)
    {
        services.AddSingleton<UserFeed>().AddSingleton<ListenKeys>();
        services.AddSingleton<IWireVerb, ShowAccount>().AddSingleton<IWireVerb, ShowCommission>().AddSingleton<IWireVerb, ShowOrderCounts>();
        services.AddSingleton<IWireVerb, ListTrades>().AddSingleton<IWireVerb, ListPreventedMatches>().AddSingleton<IWireVerb, ListAllocations>();
        services.AddSingleton<IWireVerb, ListCoins>().AddSingleton<IWireVerb, ListUserAssets>().AddSingleton<IWireVerb, ListTradeFees>();
        services.AddSingleton<IWireVerb, ShowRestrictions>().AddSingleton<IWireVerb, ShowSystemStatus>();
        services.AddSingleton<IWireVerb, ListMarginPairs>().AddSingleton<IWireVerb, ListIsolatedPairs>();
        services.AddSingleton<IWireVerb, ShowFapiInfo>().AddSingleton<IWireVerb, ShowDapiInfo>();
        return services.AddSingleton<IWireVerb, StartListenKey>().AddSingleton<IWireVerb, PingListenKey>().AddSingleton<IWireVerb, StopListenKey>();
    }
}
