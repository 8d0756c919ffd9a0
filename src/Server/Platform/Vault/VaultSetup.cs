namespace Lastro.Server.Platform.Vault;

/// <summary>The vault, for every room that keeps a secret of a user.</summary>
internal static class VaultSetup
{
    /// <summary>Setting that gives the master key: for several nodes on one database.</summary>
    public const string KeySetting = "Vault:MasterKey";

    public static IServiceCollection AddVault(this IServiceCollection services, IConfiguration configuration, string secretsFolder)
    {
        var master = configuration[KeySetting] is { Length: > 0 } given ? MasterKey.FromSetting(given) : MasterKey.FromFolder(secretsFolder);
        return services.AddSingleton(new SecretVault(master)).AddSingleton(_ => new Ed25519(Libcrypto.Names));
    }
}
