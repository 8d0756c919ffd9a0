using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.Host;
using Lastro.Server.Watchlists;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Watchlists;

public sealed class WatchTests
{
    [Fact]
    public async Task Stars_persist_in_order_and_are_ones_own()
    {
        await using var host = await Start();
        var (mine, other) = (await host.NewUser(), await host.NewUser());
        foreach (var symbol in new[] { "ETHUSDT", "btcusdt", "ETHUSDT" })
            (await Put(mine, symbol)).ShouldBe(204);
        (await Names(mine)).ShouldBe(["ETHUSDT", "BTCUSDT"]);
        (await Names(other)).ShouldBeEmpty();
        using var notHis = await other.Client.DeleteAsync("/api/v1/watchlist/ETHUSDT");
        (await Names(mine)).Count.ShouldBe(2, "another user's delete touches nothing");
        using var gone = await mine.Client.DeleteAsync("/api/v1/watchlist/ethusdt");
        ((int)gone.StatusCode).ShouldBe(204);
        using var again = await mine.Client.DeleteAsync("/api/v1/watchlist/ETHUSDT");
        ((int)again.StatusCode).ShouldBe(204);
        (await Names(mine)).ShouldBe(["BTCUSDT"]);
    }

    [Theory]
    [InlineData("GONEUSDT")]
    [InlineData("B")]
    [InlineData("BTC-USDT")]
    public async Task An_unknown_pair_is_refused(string symbol)
    {
        await using var host = await Start();
        var user = await host.NewUser();
        using var answer = await user.Client.PutAsync($"/api/v1/watchlist/{symbol}", null);
        (await answer.Refused(422, "unknown_symbol")).Text("field").ShouldBe("symbol");
    }

    [Fact]
    public async Task At_most_500_also_when_many_come_at_once()
    {
        await using var host = await Start();
        var user = await host.NewUser();
        await using var owner = await host.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync(
            "insert into watched_symbols select @Id, 'COIN' || n, now() from generate_series(1, 495) n", new { user.Id });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Put(user, $"NEW{n}")));
        statuses.Count(status => status == 204).ShouldBe(5);
        statuses.Count(status => status == 422).ShouldBe(7);
        (await Put(user, "COIN7")).ShouldBe(204, "a star that is there already is no new one");
        (await Names(user)).Count.ShouldBe(500);
    }

    private static Task<TestHost> Start() =>
        TestHost.Start(services => services.AddSingleton(new KnownSymbol(symbol => symbol.Value != "GONEUSDT")), null);

    private static async Task<int> Put(TestUser user, string symbol)
    {
        using var answer = await user.Client.PutAsync($"/api/v1/watchlist/{symbol}", null);
        return (int)answer.StatusCode;
    }

    private static async Task<IReadOnlyList<string>> Names(TestUser user)
    {
        var body = await user.Client.GetFromJsonAsync<JsonElement>("/api/v1/watchlist");
        body.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        return [.. body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("symbol").GetString()!)];
    }
}
