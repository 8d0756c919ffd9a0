using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lastro.Server.Platform.Lanes;

/// <summary>Puts the lanes into the host. A room adds its share with <c>services.AddSingleton&lt;ILaneStage, XStage&gt;()</c>.</summary>
internal static class LanesSetup
{
    public static IServiceCollection AddLanes(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<LaneOptions>().Bind(configuration.GetSection("Lanes")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FeedState>();
        // The stages are asked for at the start only: a stage's room may itself need the lanes.
        services.AddSingleton(provider => new MarketLanes(
            provider.GetServices<ILaneStage>,
            provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<LaneOptions>>().Value,
            provider.GetRequiredService<FeedState>(),
            provider.GetRequiredService<ILogger<MarketLanes>>()));
        services.AddSingleton<LanesHealth>().AddHealthChecks().AddCheck<LanesHealth>("lanes");
        return services.AddHostedService(provider => provider.GetRequiredService<MarketLanes>());
    }
}
