using System.Net.Sockets;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Http;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Lastro.Server.Platform;

/// <summary>A running server: its data folder, its database, its web host, started in this order and stopped in the other.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private ServerHost(DataFolder data, ServerDatabase database, WebApplication app) => (Data, Database, App) = (data, database, app);

    public DataFolder Data { get; }

    public ServerDatabase Database { get; }

    public WebApplication App { get; }

    /// <summary>Settings by flag over environment (Lastro__Data) over appsettings.json.</summary>
    public static async Task<ServerHost> Start(
        string[] args, Func<WebApplicationBuilder, DataFolder, WebApplication> build, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("Lastro__").AddCommandLine(args);
        Addresses.Configure(builder);
        Logs.Configure(builder.Logging);
        var data = DataFolder.Open(builder.Configuration["Data"] ?? DataFolder.Default());
        ServerDatabase? database = null;
        try
        {
            database = await ServerDatabase.Start(builder.Configuration, data, cancellation);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(data.Secrets, "keys")));
            // By a factory, so that the container closes its connections at the end.
            builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ServerConnectionString));
            var app = build(builder, data);
            await app.StartAsync(cancellation);
            app.Logger.LogInformation("Lastro listens on {Addresses}, data folder {Data}", string.Join(" ", app.Urls), data.Path);
            return new ServerHost(data, database, app);
        }
        catch (Exception error)
        {
            if (database is not null) await database.DisposeAsync();
            data.Dispose();
            if (error is IOException { InnerException: SocketException or Microsoft.AspNetCore.Connections.AddressInUseException } taken)
                throw new StartRefusedException($"The address cannot be used: {taken.Message}", taken);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await Database.DisposeAsync();
        Data.Dispose();
    }
}
