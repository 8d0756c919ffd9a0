using System.Net;
using System.Net.Sockets;
using Lastro.Server.Platform;
using Lastro.Server.Platform.Http;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Wire;

/// <summary>BinanceApi:Urls: the wire at the root of an address of its own, and nothing else there.</summary>
public sealed class SideAddressTests
{
    [Fact]
    public async Task Only_the_wire_stands_at_its_address()
    {
        await using var host = await TestHost.Start("--BinanceApi:Urls", "http://127.0.0.1:0;http://127.0.0.1:0");
        var sides = host.Services.GetRequiredService<SideAddresses>().All.Select(address => new Uri(address)).ToList();
        sides.Count.ShouldBe(2);
        sides.ShouldNotContain(host.Address);
        foreach (var side in sides)
        {
            (await RawHttp.Once(side, "GET", "/api/v3/ping")).Body.ShouldBe("{}");
            foreach (var path in new[] { "/", "/index.html", "/api/v1/markets", "/health/live", "/health/ready", "/metrics", "/openapi/v1.json", "/docs", "/binance/api/v3/ping", "/../binance/api/v3/ping", "/api/../api/v1/markets", "//api/v1/markets" })
            {
                var answer = await RawHttp.Once(side, "GET", path, headers: "Accept: text/html\r\n");
                (answer.Status, answer.Code).ShouldBe((404, -5000), path);
            }
        }

        (await RawHttp.Once(host.Address, "GET", "/binance/api/v3/ping")).Body.ShouldBe("{}");
        (await RawHttp.Once(host.Address, "GET", "/api/v1/markets/source")).Status.ShouldBe(200);
        (await RawHttp.Once(host.Address, "GET", "/api/v3/ping")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "would send passwords in the clear")]
    [InlineData("https://127.0.0.1:0", "needs a PEM pair")]
    [InlineData("nonsense", "is no address")]
    public async Task What_cannot_be_listened_on_is_told_before_the_start(string address, string told)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestHost.Start("--BinanceApi:Urls", address));
        refused.Message.ShouldContain(told);
    }

    [Fact]
    public async Task A_port_that_is_taken_or_the_web_apps_own_is_told_before_the_start()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var taken = await Should.ThrowAsync<StartRefusedException>(() => TestHost.Start("--BinanceApi:Urls", $"http://127.0.0.1:{port}"));
        taken.Message.ShouldContain("cannot be used");
        other.Stop();
        var twice = await Should.ThrowAsync<StartRefusedException>(() => TestHost.Start("--urls", $"http://127.0.0.1:{port}", "--BinanceApi:Urls", $"http://localhost:{port}"));
        twice.Message.ShouldContain("a port that --urls has as well");
    }
}
