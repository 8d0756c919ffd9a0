using System.Text.Json;

namespace Lastro.Server.Tests.BinanceApi.Clients;

/// <summary>Unmodified clients of strangers, driven through every call they know. What a driver checks stands in tests/binance-clients.</summary>
public sealed class ClientTests(ClientRuns runs) : IClassFixture<ClientRuns>
{
    [Theory]
    [InlineData("ccxt", 42)]
    [InlineData("ccxt-pro", 21)]
    [InlineData("binance", 29)]
    [InlineData("binance-sockets", 18)]
    [InlineData("binance-api-node", 21)]
    [InlineData("signatures", 22)]
    [InlineData("python-sequences", 16)]
    public async Task The_client_passes_every_step(string driver, int atLeast)
    {
        var run = await runs.Of(driver);
        run.Code.ShouldBe(0, run.Failures);
        run.Steps.ShouldBeGreaterThanOrEqualTo(atLeast, run.Output);
    }

    [Fact]
    public void Every_driver_is_run()
    {
        var run = typeof(ClientTests).GetMethod(nameof(The_client_passes_every_step))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);
        run.Order().ShouldBe(ClientRuns.Drivers.Order());
    }

    [Theory]
    [InlineData("ccxt", "ccxt-javascript.md")]
    [InlineData("binance", "binance.md")]
    [InlineData("binance-api-node", "binance-api-node.md")]
    public void The_page_shows_what_the_driver_uses(string package, string page)
    {
        var text = File.ReadAllText(Path.Combine(ClientRuns.Root(), "docs", "clients", page));
        text.ShouldContain($"```js\n{File.ReadAllText(Path.Combine(ClientRuns.Folder, "connect", $"{package}.mjs"))}```");
        var pinned = JsonElement.Parse(File.ReadAllText(Path.Combine(ClientRuns.Folder, "package.json"))).GetProperty("dependencies").GetProperty(package).GetString();
        text.ShouldContain($"npm {package} {pinned}");
    }
}
