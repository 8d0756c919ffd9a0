using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Platform;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lastro.Server.Tests.Health;

/// <summary>Canaries: known secrets sent through the server must not come out in its logs, at the most talkative level.</summary>
public sealed class SecretTests
{
    [Fact]
    public void A_secret_shows_stars()
    {
        var secret = new Secret("canary");
        $"{secret}".ShouldBe("***");
        JsonSerializer.Serialize(secret).ShouldNotContain("canary");
        secret.Reveal().ShouldBe("canary");
    }

    [Fact]
    public async Task No_password_or_token_reaches_the_logs()
    {
        var lines = new Lines();
        await using var host = await TestHost.Start(services => services.AddLogging(logging => logging.ClearProviders().AddProvider(lines).SetMinimumLevel(LogLevel.Trace)), database: null, settings: []);
        const string canary = "canary-passphrase-5b1e";
        var user = await host.NewUser();
        await host.Client.PostAsJsonAsync("/api/v1/auth/register", new { email = "bo@example.com", password = canary, name = "Bo" });
        await host.Client.PostAsJsonAsync("/api/v1/auth/login", new { email = "bo@example.com", password = canary });
        await host.Client.PostAsJsonAsync("/api/v1/auth/login", new { email = "bo@example.com", password = canary + "-wrong" });
        await host.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = user.RefreshToken });
        await user.Client.GetAsync("/api/v1/me?token=" + canary);
        using var broken = new StringContent($"{{\"password\":\"{canary}\",", System.Text.Encoding.UTF8, "application/json");
        (await (await host.Client.PostAsync("/api/v1/auth/login", broken)).Content.ReadAsStringAsync()).ShouldNotContain(canary);

        var all = string.Join('\n', lines.All);
        all.Length.ShouldBeGreaterThan(0);
        foreach (var secret in new[] { canary, user.Password, user.AccessToken, user.RefreshToken })
            all.ShouldNotContain(secret);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() => All.Enqueue("end");
    }
}
