using System.Net.Http.Json;
using Lastro.Server.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Accounts;

[Collection(AccountsHost.Name)]
public sealed class ChangePasswordTests(AccountsHost accounts)
{
    private const string Next = "quite another phrase 8";

    [Fact]
    public async Task Ends_the_other_sessions_and_keeps_this_one()
    {
        var email = await accounts.Register();
        var (here, refresh) = await accounts.LogIn(email);
        var (there, otherRefresh) = await accounts.LogIn(email);
        using var answer = await Change(here, AccountsHost.Password, Next);
        ((int)answer.StatusCode).ShouldBe(204);
        (await accounts.Me(here)).Status.ShouldBe(200);
        (await accounts.Refresh(refresh)).Status.ShouldBe(200);
        (await accounts.Me(there)).Status.ShouldBe(401);
        (await accounts.Refresh(otherRefresh)).Status.ShouldBe(401);
        using var old = await accounts.TryLogIn(email, AccountsHost.Password);
        ((int)old.StatusCode).ShouldBe(401);
        await accounts.LogIn(email, Next);
    }

    [Fact]
    public async Task A_wrong_current_password_is_refused_and_counted()
    {
        var (access, _) = await accounts.LogIn(await accounts.Register());
        for (var n = 0; n < 5; n++)
        {
            using var wrong = await Change(access, $"wrong {n}", Next);
            (await wrong.Refused(422, "invalid_field")).Text("field").ShouldBe("currentPassword");
        }

        using var sixth = await Change(access, AccountsHost.Password, Next);
        await sixth.Refused(429, "rate_limited");
    }

    [Theory]
    [InlineData(null, Next, "currentPassword")]
    [InlineData(AccountsHost.Password, null, "newPassword")]
    [InlineData(AccountsHost.Password, "qwertyuiop", "newPassword")]
    public async Task A_bad_field_is_named(string? current, string? next, string field)
    {
        var (access, _) = await accounts.LogIn(await accounts.Register());
        using var answer = await Change(access, current, next);
        (await answer.Refused(422, "invalid_field")).Text("field").ShouldBe(field);
    }

    [Fact]
    public async Task A_log_in_checked_against_the_old_password_begins_no_session()
    {
        var email = await accounts.Register();
        var (access, _) = await accounts.LogIn(email);
        using var scope = accounts.Host.Services.CreateScope();
        var seen = (await scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<User>>().FindByEmailAsync(email))!;
        using var answer = await Change(access, AccountsHost.Password, Next);
        ((int)answer.StatusCode).ShouldBe(204);
        await using var connection = await accounts.Host.Owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (await accounts.Host.Services.GetRequiredService<Sessions>().Begin(seen, new SessionPlace("late", "::1"), transaction)).ShouldBeNull();
    }

    private async Task<HttpResponseMessage> Change(string access, string? currentPassword, string? newPassword)
    {
        using var client = accounts.Host.NewClient(access);
        return await client.PostAsJsonAsync("/api/v1/auth/password", new { currentPassword, newPassword });
    }
}
