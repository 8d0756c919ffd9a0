using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Npgsql;

namespace Lastro.Server.Platform.OneShot;

/// <summary>The server binary's other mode: <c>lastro WORDS ARGUMENTS --Data DIR</c>. Exit code 0 done, 1 refused, 2 wrong usage.</summary>
internal static class OneShots
{
    public static IServiceCollection AddOneShots(this IServiceCollection services) => services
        .AddSingleton<RestoreWatch>().AddHostedService(all => all.GetRequiredService<RestoreWatch>())
        .AddSingleton(new OneShotCommand("backup", "DIR", Backup.Run))
        .AddSingleton(new OneShotCommand("restore", "DIR", Restore.Run));

    /// <summary>True when the command line asks for a one-shot, not for the server.</summary>
    public static bool Asked(string[] args) => args is [{ } first, ..] && !first.StartsWith('-');

    public static async Task<int> Run(string[] args, Func<WebApplicationBuilder, DataFolder, WebApplication> build, CancellationToken cancellation)
    {
        var typed = args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var builder = ServerSettings.Read(args[typed.Length..]);
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        using var data = DataFolder.Join(builder.Configuration["Data"] ?? DataFolder.Default());
        await using var database = await ServerDatabase.Join(builder.Configuration, data, cancellation);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ServerConnectionString));
        // It listens nowhere.
        builder.Services.AddSingleton(all => new SideAddresses(all.GetRequiredService<IServer>(), 0));
        await using var app = build(builder, data);
        await using var scope = app.Services.CreateAsyncScope();
        var commands = app.Services.GetServices<OneShotCommand>().ToList();
        foreach (var command in commands)
        {
            if (command.Match(typed) is { } arguments)
                return await command.Run(new OneShotCall(arguments, scope.ServiceProvider, database, data), cancellation);
        }

        await Console.Error.WriteLineAsync($"usage: lastro {string.Join(" | ", commands.Select(command => command.Usage))}   [--Data DIR]");
        return 2;
    }
}
