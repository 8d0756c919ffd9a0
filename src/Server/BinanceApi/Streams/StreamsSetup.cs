using Lastro.Server.Markets;
using Lastro.Server.Platform.Lanes;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Puts the market streams into the host.</summary>
internal static class StreamsSetup
{
    public static IServiceCollection AddMarketStreams(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SocketOptions>().Bind(configuration.GetSection("BinanceApi:Sockets")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<StreamCatalog>().AddSingleton<StreamMail>().AddSingleton<WireSockets>();
        services.AddSingleton<ILaneStage, StreamStage>();
        services.AddHostedService<StreamPublisher>();
        services.AddHostedService<TickerPublisher>();
        return services.AddHostedService(provider => provider.GetRequiredService<WireSockets>());
    }

    public static void MapMarketStreams(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var catalog = services.GetRequiredService<StreamCatalog>();
        services.GetRequiredService<MarketsRoom>().KeepFollowed(() => catalog.Wanted);
        StreamRoutes.Map(routes);
    }
}
