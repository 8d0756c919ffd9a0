namespace Lastro.Server.Platform.Outbox;

/// <summary>Puts the outbox into the host. A room subscribes with <see cref="OutboxPump.Subscribe"/> when it is mapped.</summary>
internal static class OutboxSetup
{
    public static IServiceCollection AddOutbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutboxOptions>().Bind(configuration.GetSection("Outbox")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OutboxPump>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxPump>());
        return services.AddHostedService<OutboxPruning>();
    }
}
