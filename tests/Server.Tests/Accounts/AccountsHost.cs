using System.Net.Http.Json;
using System.Text.Json;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Accounts;

/// <summary>One host, with a clock that can be put forward, for the tests of accounts; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class AccountsHost : ICollectionFixture<AccountsHost>, IAsyncLifetime
{
    public const string Name = "accounts";
    public const string Password = "a long unlikely phrase 7";

    private static int _count;

    internal TestHost Host { get; private set; } = null!;

    internal ShiftedClock Clock { get; } = new();

    internal HttpClient Client => Host.Client;

    public async Task InitializeAsync() => Host = await TestHost.Start(services => services.AddSingleton<TimeProvider>(Clock), null);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    internal static string NewEmail() => $"one{Interlocked.Increment(ref _count)}.{Guid.CreateVersion7():N}@example.org";

    internal async Task<string> Register(string? email = null, string password = Password)
    {
        email ??= NewEmail();
        using var answer = await Client.PostAsJsonAsync("/api/v1/auth/register", new { email, password, name = "Ada" });
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return email;
    }

    internal Task<HttpResponseMessage> TryLogIn(string email, string password) =>
        Client.PostAsJsonAsync("/api/v1/auth/login", new { email, password });

    internal async Task<(string Access, string Refresh)> LogIn(string email, string password = Password)
    {
        using var answer = await TryLogIn(email, password);
        var body = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(body.ToString());
        return (body.GetProperty("accessToken").GetString()!, body.GetProperty("refreshToken").GetString()!);
    }

    internal async Task<HttpStatusCodeAnswer> Me(string access)
    {
        using var client = Host.NewClient(access);
        using var answer = await client.GetAsync("/api/v1/me");
        return new HttpStatusCodeAnswer((int)answer.StatusCode, await answer.Json());
    }

    internal async Task<(int Status, JsonElement Body)> Refresh(string refreshToken)
    {
        using var answer = await Client.PostPatiently("/api/v1/auth/refresh", new { refreshToken });
        return ((int)answer.StatusCode, await answer.Json());
    }
}

internal sealed record HttpStatusCodeAnswer(int Status, JsonElement Body);

internal static class AnswerReading
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Comes again after 503 as a client should: a machine full of tests cannot always open twenty connections in the 2 s a request may wait.</summary>
    public static async Task<HttpResponseMessage> PostPatiently(this HttpClient client, string path, object body)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await client.PostAsJsonAsync(path, body);
            if ((int)answer.StatusCode != 503 || attempt == 10)
                return answer;
            answer.Dispose();
            await Task.Delay(500);
        }
    }

    public static string? Text(this JsonElement body, string name) => body.GetProperty(name).GetString();

    /// <summary>Reads a refusal and checks its status.</summary>
    public static async Task<JsonElement> Refused(this HttpResponseMessage answer, int status, string code)
    {
        var body = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(status, body.ToString());
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        body.Text("code").ShouldBe(code);
        return body;
    }
}
