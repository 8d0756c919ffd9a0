using System.Net.Http.Json;
using Dapper;
using Lastro.Server.Accounts;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Accounts;

[Collection(AccountsHost.Name)]
public sealed class RegisterTests(AccountsHost accounts)
{
    [Fact]
    public async Task Answers_the_user_and_signs_nobody_in()
    {
        var email = AccountsHost.NewEmail();
        using var answer = await accounts.Client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = AccountsHost.Password, name = " Ada " });
        var body = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201);
        body.EnumerateObject().Select(one => one.Name).ShouldBe(["id", "email", "name", "role", "createdAt"]);
        body.Text("email").ShouldBe(email);
        body.Text("name").ShouldBe("Ada");
        body.Text("createdAt")!.ShouldEndWith("Z");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_browser_is_signed_in_at_once()
    {
        var browser = new Browser(accounts.Client);
        using var answer = await browser.Post("/api/v1/auth/register", new { email = AccountsHost.NewEmail(), password = AccountsHost.Password, name = "Ada" });
        ((int)answer.StatusCode).ShouldBe(201);
        using var me = await browser.Get("/api/v1/me");
        ((int)me.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Keeps_the_hash_in_the_form_and_strength_asked_for()
    {
        var email = await accounts.Register();
        await using var owner = await accounts.Host.Owner.OpenConnectionAsync();
        var hash = Convert.FromBase64String((await owner.ExecuteScalarAsync<string>("select password_hash from users where email = @email", new { email }))!);
        hash[0].ShouldBe((byte)1);
        Number(hash, 1).ShouldBe(2u, "HMAC-SHA512");
        Number(hash, 5).ShouldBeGreaterThanOrEqualTo(220_000u);
        static uint Number(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
    }

    [Fact]
    public async Task A_taken_address_is_refused_in_any_spelling()
    {
        var email = await accounts.Register();
        using var again = await accounts.Client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = $" {email.ToUpperInvariant()}", password = AccountsHost.Password, name = "Eve" });
        (await again.Refused(422, "invalid_field")).Text("field").ShouldBe("email");
    }

    [Theory]
    [InlineData("nobody", "a long unlikely phrase 7", "Ada", "email")]
    [InlineData("a@b@c", "a long unlikely phrase 7", "Ada", "email")]
    [InlineData("a b@example.org", "a long unlikely phrase 7", "Ada", "email")]
    [InlineData("@example.org", "a long unlikely phrase 7", "Ada", "email")]
    [InlineData(null, "a long unlikely phrase 7", "Ada", "email")]
    [InlineData("x1@example.org", "a long unlikely phrase 7", "", "name")]
    [InlineData("x1@example.org", "a long unlikely phrase 7", "A\u0007da", "name")]
    [InlineData("x1@example.org", "short 7", "Ada", "password")]
    [InlineData("x1@example.org", null, "Ada", "password")]
    [InlineData("x1@example.org", "Password123!", "Ada", "password")]
    [InlineData("x1@example.org", "aaaaaaaaaaaaaaa", "Ada", "password")]
    [InlineData("hildegard@example.org", "hildegard1", "Ada", "password")]
    [InlineData("x1@example.org", "Lovelace77", "Lovelace", "password")]
    public async Task A_bad_field_is_named(string? email, string? password, string? name, string field)
    {
        using var answer = await accounts.Client.PostAsJsonAsync("/api/v1/auth/register", new { email, password, name });
        var body = await answer.Refused(422, "invalid_field");
        body.Text("field").ShouldBe(field);
        if (password is not null)
            body.ToString().ShouldNotContain(password);
    }

    [Theory]
    [InlineData("{}", 422, "email")]
    [InlineData("""{"email":"x1@example.org","password":7,"name":"Ada"}""", 422, "password")]
    [InlineData("""{"email":["x1@example.org"],"password":"a long unlikely phrase 7","name":"Ada"}""", 422, "email")]
    [InlineData("{\"email\":", 400, null)]
    [InlineData("", 400, null)]
    [InlineData("null", 400, null)]
    public async Task A_body_of_the_wrong_shape_is_refused(string json, int status, string? field)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await accounts.Client.PostAsync("/api/v1/auth/register", content);
        var body = await answer.Refused(status, status == 400 ? "invalid_json" : "invalid_field");
        if (field is not null)
            body.Text("field").ShouldBe(field);
    }

    [Fact]
    public async Task Too_long_values_are_refused()
    {
        using var password = await accounts.Client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = "x1@example.org", password = new string('x', 90) + "abcdefghijklmnopqrstuvwxyz0123456789000", name = "Ada" });
        (await password.Refused(422, "invalid_field")).Text("field").ShouldBe("password");
        using var email = await accounts.Client.PostAsJsonAsync(
            "/api/v1/auth/register", new { email = $"x@{new string('a', 260)}.org", password = AccountsHost.Password, name = "Ada" });
        (await email.Refused(422, "invalid_field")).Text("field").ShouldBe("email");
    }

    [Fact]
    public async Task Of_20_first_users_at_once_exactly_one_is_admin()
    {
        await using var host = await TestHost.Start();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => host.Client.PostPatiently(
            "/api/v1/auth/register", new { email = $"first{n}@example.org", password = AccountsHost.Password, name = "Ada" })));
        var roles = await Task.WhenAll(answers.Select(async answer => (await answer.Json()).Text("role")));
        roles.Count(role => role == "admin").ShouldBe(1);
        roles.Count(role => role == "user").ShouldBe(19);
    }

    [Fact]
    public async Task Of_8_registrations_of_one_address_exactly_one_is_made()
    {
        var email = AccountsHost.NewEmail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => accounts.Client.PostPatiently(
            "/api/v1/auth/register", new { email, password = AccountsHost.Password, name = "Ada" })));
        answers.Count(answer => (int)answer.StatusCode == 201).ShouldBe(1);
        answers.Count(answer => (int)answer.StatusCode == 422).ShouldBe(7);
    }

    [Fact]
    public async Task What_other_rooms_open_is_one_with_the_user()
    {
        var refuse = false;
        await using var host = await TestHost.Start(
            services => services.AddSingleton(new UserRegistered((_, _, _, _) => refuse ? throw new InvalidOperationException("no") : Task.CompletedTask)), null);
        refuse = true;
        var user = new { email = "kept@example.org", password = AccountsHost.Password, name = "Ada" };
        using var failed = await host.Client.PostAsJsonAsync("/api/v1/auth/register", user);
        ((int)failed.StatusCode).ShouldBe(500);
        refuse = false;
        using var made = await host.Client.PostAsJsonAsync("/api/v1/auth/register", user);
        ((int)made.StatusCode).ShouldBe(201);
        (await made.Json()).Text("role").ShouldBe("admin", "the claim of the failed one was undone with it");
    }
}
