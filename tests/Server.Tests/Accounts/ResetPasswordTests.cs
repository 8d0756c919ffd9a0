using System.Diagnostics;
using System.Net.Http.Json;
using Lastro.Server.Accounts;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.Accounts;

public sealed class ResetPasswordTests
{
    [Fact]
    public async Task Shows_a_new_password_once_and_a_running_server_ends_the_sessions()
    {
        await using var host = await TestHost.Start();
        var user = await host.NewUser();
        await using var said = new StringWriter();
        (await AccountsRoom.ResetPassword(host.Owner, [], user.Email.ToUpperInvariant(), said, CancellationToken.None)).ShouldBe(0);
        var password = said.ToString().Trim().Split(' ')[^1];
        password.Length.ShouldBe(20);
        var watch = Stopwatch.StartNew();
        while ((int)(await user.Client.GetAsync("/api/v1/me")).StatusCode == 200)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
            await Task.Delay(100);
        }

        (await Status(host.Client, "/api/v1/auth/refresh", new { refreshToken = user.RefreshToken })).ShouldBe(401);
        (await Status(host.Client, "/api/v1/auth/login", new { email = user.Email, password = user.Password })).ShouldBe(401);
        (await Status(host.Client, "/api/v1/auth/login", new { email = user.Email, password })).ShouldBe(200);

        await using var again = new StringWriter();
        (await AccountsRoom.ResetPassword(host.Owner, [], AccountsHost.NewEmail(), again, CancellationToken.None)).ShouldBe(1);
        again.ToString().ShouldContain("Nobody");
    }

    private static async Task<int> Status(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        return (int)answer.StatusCode;
    }
}
