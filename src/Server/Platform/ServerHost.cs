using System.Net.Sockets;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.OneShot;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Platform;

/// <summary>A running server: its data folder, its database, its web host, started in this order and stopped in the other.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private ServerHost(DataFolder data, ServerDatabase database, WebApplication app) => (Data, Database, App) = (data, database, app);

    public DataFolder Data { get; }

    public ServerDatabase Database { get; }

    public WebApplication App { get; }

    /// <summary>The process's life: serves until told to stop, and anew when its database was restored. Gives the exit code.</summary>
    public static async Task<int> Run(string[] args, Func<WebApplicationBuilder, DataFolder, WebApplication> build)
    {
        try
        {
            if (OneShots.Asked(args)) return await OneShots.Run(args, build, CancellationToken.None);
            for (var again = true; again;)
            {
                await using var host = await Start(args, build, CancellationToken.None);
                await host.App.WaitForShutdownAsync();
                again = host.App.Services.GetRequiredService<RestoreWatch>().Restored;
            }

            return 0;
        }
        catch (StartRefusedException refused)
        {
            await Console.Error.WriteLineAsync($"lastro: {refused.Message}");
            return 1;
        }
    }

    /// <exception cref="StartRefusedException">Says in one line what its operator can mend.</exception>
    public static async Task<ServerHost> Start(
        string[] args, Func<WebApplicationBuilder, DataFolder, WebApplication> build, CancellationToken cancellation)
    {
        var builder = ServerSettings.Read(args);
        Addresses.Configure(builder);
        Logs.Configure(builder.Logging);
        var data = DataFolder.Open(builder.Configuration["Data"] ?? DataFolder.Default());
        ServerDatabase? database = null;
        WebApplication? app = null;
        try
        {
            database = await ServerDatabase.Start(builder.Configuration, data, cancellation);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddSingleton(data);
            builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(data.Secrets, "keys")));
            // By a factory, so that the container closes its connections at the end.
            builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ServerConnectionString));
            app = build(builder, data);
            await app.StartAsync(cancellation);
            app.Logger.LogInformation("Lastro listens on {Addresses}, data folder {Data}", string.Join(" ", app.Urls), data.Path);
            return new ServerHost(data, database, app);
        }
        catch (Exception error)
        {
            if (app is not null) await app.DisposeAsync();
            if (database is not null) await database.DisposeAsync();
            data.Dispose();
            if (Reason(error) is { } reason) throw new StartRefusedException(reason, error);
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

    private static string? Reason(Exception error) => error switch
    {
        StartRefusedException => null,
        IOException { InnerException: SocketException or Microsoft.AspNetCore.Connections.AddressInUseException } => $"The address cannot be used: {error.Message}",
        SocketException => $"The address cannot be used: {error.Message}",
        InvalidDataException => $"A setting cannot be used: {error.Message}",
        OptionsValidationException => $"A setting cannot be used: {error.Message}",
        InvalidOperationException { InnerException: FormatException } => $"A setting cannot be used: {error.Message}",
        IOException or UnauthorizedAccessException => $"The start failed: {error.Message}",
        _ => null,
    };
}
