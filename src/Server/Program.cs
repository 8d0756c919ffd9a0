using Lastro.Server.Accounts;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Health;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Json;
using Lastro.Server.Platform.Lanes;
using Lastro.Server.Platform.OneShot;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;
using Lastro.Server.Wallets;
using Lastro.Server.Watchlists;

namespace Lastro.Server;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (args is ["ledger", "verify", .. var flags])
                return await OneShot.Run(flags, database => WalletsRoom.Verify(database, Console.Out, CancellationToken.None));
            if (args is ["user", "reset-password", var email, .. var rest])
                return await OneShot.Run(rest, database => AccountsRoom.ResetPassword(database, email, Console.Out, CancellationToken.None));
            await using var host = await ServerHost.Start(args, (builder, data) => Build(builder, data), CancellationToken.None);
            await host.App.WaitForShutdownAsync();
            return 0;
        }
        catch (StartRefusedException refused)
        {
            await Console.Error.WriteLineAsync($"lastro: {refused.Message}");
            return 1;
        }
    }

    /// <summary>The table of contents: what the server consists of.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder, DataFolder data, Action<IServiceCollection>? replace = null)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddJson();
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
        services.AddWatchlists();
        services.AddSingleton(all => new MarketIsSimulated(() => all.GetRequiredService<MarketsRoom>().Stamp.Simulated));
        services.AddSingleton(all => new PriceIn(all.GetRequiredService<MarketsRoom>().PriceIn));
        services.AddSingleton(all => new KnownSymbol(symbol => all.GetRequiredService<MarketsRoom>().Status(symbol) != MarketGate.UnknownSymbol));
        services.AddOpenApi();
        services.AddSchemaNames();

        replace?.Invoke(services);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseErrorHandling();
        app.UseWebApp();
        app.UseWebSockets();
        app.UseIdentityPlumbing();
        app.MapStreaming();
        app.MapAccounts();
        app.MapWallets();
        app.MapOrders();
        app.MapGroup("/api/v1").MapMarkets();
        app.MapWatchlists();
        app.MapOpenApi().AllowAnonymous();
        app.MapHealth();
        return app;
    }
}
