using Lastro.Server.Accounts;
using Lastro.Server.ApiKeys;
using Lastro.Server.Backtests;
using Lastro.Server.BinanceApi;
using Lastro.Server.Journaling;
using Lastro.Server.LegacyApis;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Health;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Json;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.OneShot;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;
using Lastro.Server.Platform.Vault;
using Lastro.Server.Strategies;
using Lastro.Server.Wallets;
using Lastro.Server.Watchlists;

namespace Lastro.Server;

internal static class Program
{
    public static Task<int> Main(string[] args) => ServerHost.Run(args, (builder, data) => Build(builder, data));

    /// <summary>The table of contents: what the server consists of.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder, DataFolder data, Action<IServiceCollection>? replace = null)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddJson();
        services.AddDatabaseWatch();
        services.AddOneShots();
        services.AddHealth();
        services.AddWebApp();
        services.AddIdentityPlumbing(configuration, data.Secrets);
        services.AddLanes(configuration);
        services.AddOutbox(configuration);
        services.AddStreaming(configuration);
        services.AddAccounts(configuration);
        services.AddWallets(configuration);
        services.AddOrders(configuration);
        services.AddMarkets(MarketsOptions.From(configuration, data.Path));
        services.AddWatchlists().AddJournal().AddStrategies(configuration).AddBacktests(configuration);
        services.AddVault(configuration, data.Secrets).AddApiKeys();
        services.AddBinanceApi(configuration);
        services.AddSingleton(all => new MarketIsSimulated(() => all.GetRequiredService<MarketsRoom>().Stamp.Simulated));
        services.AddSingleton(all => new PriceIn(all.GetRequiredService<MarketsRoom>().PriceIn));
        services.AddSingleton(all => new KnownSymbol(symbol => all.GetRequiredService<MarketsRoom>().Status(symbol) != MarketGate.UnknownSymbol));
        services.AddApiDocument().AddSchemaNames();

        replace?.Invoke(services);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseBinanceApi();
        app.UseSecurityHeaders();
        app.UseLegacyApis().UseErrorHandling();
        app.UseDatabasePatience();
        app.UseWebApp();
        app.UseWebSockets();
        app.UseIdentityPlumbing();
        app.MapStreaming();
        app.MapAccounts();
        app.MapWallets();
        app.MapOrders();
        app.MapGroup("/api/v1").MapMarkets();
        app.MapWatchlists();
        app.MapJournal();
        app.MapStrategies().MapBacktests();
        app.MapApiKeys();
        app.MapOpenApi().AllowAnonymous();
        app.MapDocs();
        app.MapHealth();
        return app;
    }
}
