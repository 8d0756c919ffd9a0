using Lastro.Server.Platform.Database;
using Npgsql;

namespace Lastro.Server.Platform.OneShot;

/// <summary>Runs one piece of work on the server's database as its owner, without the web host, and ends. The server itself must not be running on the folder.</summary>
internal static class OneShot
{
    public static async Task<int> Run(string[] flags, Func<NpgsqlDataSource, Task<int>> work)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables("Lastro__").AddEnvironmentVariables().AddCommandLine(flags).Build();
        using var data = DataFolder.Open(configuration["Data"] ?? DataFolder.Default());
        await using var database = await ServerDatabase.Start(configuration, data, CancellationToken.None);
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        return await work(owner);
    }
}
