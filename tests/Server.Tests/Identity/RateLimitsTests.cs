using System.Net.Http.Json;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Lastro.Server.Tests.Identity;

public sealed class RateLimitsTests
{
    [Fact]
    public async Task Log_ins_and_registrations_of_one_address_are_limited_apart()
    {
        await using var host = await TestHost.Start("--Limits:LoginPerMinutePerIp", "3", "--Limits:RegisterPerMinutePerIp", "2");
        for (var n = 0; n < 3; n++)
        {
            using var answer = await host.Client.PostAsJsonAsync("/api/v1/auth/login", new { email = $"a{n}@example.org", password = "x" });
            ((int)answer.StatusCode).ShouldBe(401);
        }

        using var fourth = await host.Client.PostAsJsonAsync("/api/v1/auth/login", new { email = "b@example.org", password = "x" });
        await fourth.Refused(429, "rate_limited");
        fourth.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        for (var n = 0; n < 2; n++)
        {
            using var answer = await host.Client.PostAsJsonAsync("/api/v1/auth/register", new { email = "no address", password = "x", name = "A" });
            ((int)answer.StatusCode).ShouldBe(422);
        }

        using var third = await host.Client.PostAsJsonAsync("/api/v1/auth/register", new { email = "no address", password = "x", name = "A" });
        await third.Refused(429, "rate_limited");
    }

    [Fact]
    public void Without_settings_the_documented_limits_hold() =>
        LimitsOptions.From(new ConfigurationBuilder().Build()).ShouldBe(
            new LimitsOptions { LoginPerMinutePerIp = 10, RegisterPerMinutePerIp = 5, OrdersPerSecondPerUser = 50 });

    [Theory]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("1000001")]
    public void A_bad_limit_is_refused_by_name(string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Limits:LoginPerMinutePerIp", value)]).Build();
        Should.Throw<StartRefusedException>(() => LimitsOptions.From(configuration)).Message.ShouldContain("Limits:LoginPerMinutePerIp");
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void One_customer_is_one_address_or_one_64(string address, string network)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = System.Net.IPAddress.Parse(address) } };
        RateLimits.Network(context).ShouldBe(network);
    }
}
