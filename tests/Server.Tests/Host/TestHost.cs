using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Platform;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lastro.Server.Tests.Host;

/// <summary>The real server on a real port with a database of its own. Log-in limits are off unless a test sets them.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly ServerHost _server;

    private TestHost(ServerHost server, string owner)
    {
        _server = server;
        OwnerConnectionString = owner;
        Addresses = [.. server.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        Address = new Uri(Addresses[0]);
        Owner = NpgsqlDataSource.Create(owner);
        Client = NewClient();
    }

    public Uri Address { get; }

    /// <summary>All it listens on: the web app's, then those that stand aside.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>A client without any sign-in.</summary>
    public HttpClient Client { get; }

    /// <summary>The database as its owner, for looking and for breaking things.</summary>
    public NpgsqlDataSource Owner { get; }

    public string OwnerConnectionString { get; }

    public IServiceProvider Services => _server.App.Services;

    public static Task<TestHost> Start(params string[] settings) => Start(null, null, settings);

    /// <param name="configure">Replaces parts, such as the clock or the price source.</param>
    /// <param name="database">The owner's connection string of an earlier host's database; null for a new one.</param>
    /// <param name="settings">Flags as on the command line: "--Market", "demo".</param>
    public static async Task<TestHost> Start(Action<IServiceCollection>? configure, string? database, params string[] settings)
    {
        var owner = database ?? await TestPostgres.NewDatabase();
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--Data", Directory.CreateTempSubdirectory("lastro-host-").FullName,
            "--ConnectionStrings:Lastro", owner, "--Limits:LoginPerMinutePerIp", "0", "--Limits:RegisterPerMinutePerIp", "0",
            "--Limits:OrdersPerSecondPerUser", "0", "--Limits:LabPerSecondPerUser", "0", "--Market", "demo", .. settings,
        ];
        var server = await ServerHost.Start(args, (builder, data) =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            return Program.Build(builder, data, configure);
        }, CancellationToken.None);
        return new TestHost(server, owner);
    }

    public HttpClient NewClient(string? accessToken = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = Address };
        if (accessToken is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }

    /// <summary>Registers and signs in a user.</summary>
    public async Task<TestUser> NewUser(string? email = null)
    {
        email ??= $"user-{Guid.CreateVersion7():N}@example.com";
        const string password = "a long unlikely phrase 7";
        (await Client.PostAsJsonAsync("/api/v1/auth/register", new { email, password, name = "Test" })).EnsureSuccessStatusCode();
        var answer = await Client.PostAsJsonAsync("/api/v1/auth/login", new { email, password });
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var token = body.GetProperty("accessToken").GetString()!;
        return new TestUser(Guid.Parse(body.GetProperty("user").GetProperty("id").GetString()!), email, password, token,
            body.GetProperty("refreshToken").GetString()!, NewClient(token));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Owner.DisposeAsync();
        await _server.DisposeAsync();
        await Remove(_server.Data.Path);
    }

    // A file that is closed late may still appear in a folder that is being emptied.
    private static async Task Remove(string folder)
    {
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < 5)
            {
                await Task.Delay(200);
            }
        }
    }
}

/// <summary>A signed-in user and a client that speaks for them.</summary>
internal sealed record TestUser(Guid Id, string Email, string Password, string AccessToken, string RefreshToken, HttpClient Client);
