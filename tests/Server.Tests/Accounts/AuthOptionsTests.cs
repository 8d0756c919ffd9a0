using System.Net.Http.Json;
using Lastro.Server.Accounts;
using Lastro.Server.Platform;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.Configuration;

namespace Lastro.Server.Tests.Accounts;

public sealed class AuthOptionsTests
{
    [Fact]
    public async Task The_admin_can_close_and_open_sign_up_and_others_cannot()
    {
        await using var host = await TestHost.Start();
        var (admin, user) = (await host.NewUser("admin@example.org"), await host.NewUser("user@example.org"));
        (await Open(host)).ShouldBeTrue();
        using var denied = await user.Client.PutAsJsonAsync("/api/v1/auth/options", new { signUpOpen = false });
        await denied.Refused(403, "forbidden");
        using var empty = await admin.Client.PutAsJsonAsync("/api/v1/auth/options", new { });
        (await empty.Refused(422, "invalid_field")).Text("field").ShouldBe("signUpOpen");
        using var closed = await admin.Client.PutAsJsonAsync("/api/v1/auth/options", new { signUpOpen = false });
        ((int)closed.StatusCode).ShouldBe(200);
        (await Open(host)).ShouldBeFalse();
        using var late = await host.Client.PostAsJsonAsync("/api/v1/auth/register", new { email = "late@example.org", password = AccountsHost.Password, name = "L" });
        await late.Refused(403, "forbidden");
        using var opened = await admin.Client.PutAsJsonAsync("/api/v1/auth/options", new { signUpOpen = true });
        (await Open(host)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_setting_closes_it_whatever_the_admin_says()
    {
        await using var host = await TestHost.Start("--Accounts:SignUp", "false");
        (await Open(host)).ShouldBeFalse();
        using var answer = await host.Client.PostAsJsonAsync("/api/v1/auth/register", new { email = "a@example.org", password = AccountsHost.Password, name = "A" });
        await answer.Refused(403, "forbidden");
    }

    [Theory]
    [InlineData("SignUp", "maybe")]
    [InlineData("HashRounds", "100000")]
    [InlineData("HashRounds", "many")]
    [InlineData("HashQueue", "0")]
    [InlineData("RefreshDays", "-1")]
    [InlineData("RefreshDays", "91")]
    [InlineData("SessionDays", "1.5")]
    public void A_bad_setting_is_refused_by_name_and_value(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Accounts:{name}", value)]).Build();
        var refused = Should.Throw<StartRefusedException>(() => AccountsOptions.From(configuration));
        refused.Message.ShouldContain($"Accounts:{name}");
        refused.Message.ShouldContain(value);
    }

    private static async Task<bool> Open(TestHost host) =>
        (await host.Client.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/auth/options")).GetProperty("signUpOpen").GetBoolean();
}
