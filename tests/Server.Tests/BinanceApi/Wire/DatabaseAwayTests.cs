using System.Diagnostics;
using Lastro.Server.Tests.ApiKeys;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Postgres;

namespace Lastro.Server.Tests.BinanceApi.Wire;

public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task Without_a_database_signed_calls_are_told_so_within_two_seconds_and_prices_go_on()
    {
        await using var postgres = await StoppablePostgres.Start();
        await using var host = await TestHost.Start(configure: null, database: postgres.ConnectionString);
        var key = await WireHost.NewKey(await KeyOwner.New(host));
        (await Orders(host, key)).Status.ShouldBe(200);

        await postgres.StopImmediately();
        var (answers, prices) = (new List<(RawAnswer Answer, TimeSpan Took)>(), new List<int>());
        for (var tries = 0; tries < 8; tries++)
        {
            var begun = Stopwatch.GetTimestamp();
            answers.Add((await Orders(host, key), Stopwatch.GetElapsedTime(begun)));
            prices.Add((await RawHttp.Once(host.Address, "GET", "/binance/api/v3/ticker/price?symbol=BTCUSDT")).Status);
            await Task.Delay(500);
        }

        await postgres.StartAgain();
        foreach (var (answer, took) in answers)
        {
            (answer.Status, answer.Body).ShouldBe((503, """{"code":-1001,"msg":"Internal error; unable to process your request. Please try again."}"""), $"{answers.IndexOf((answer, took))}");
            answer.Headers["Retry-After"].ShouldBe("1");
            took.TotalSeconds.ShouldBeLessThan(4, "two, and some for a busy machine");
        }

        prices.ShouldAllBe(status => status == 200);
        var (waited, after) = (Stopwatch.GetTimestamp(), 0);
        while ((after = (await Orders(host, key)).Status) != 200 && Stopwatch.GetElapsedTime(waited) < TimeSpan.FromSeconds(30)) await Task.Delay(100);
        after.ShouldBe(200);
    }

    private static Task<RawAnswer> Orders(TestHost host, TestKey key)
    {
        var payload = $"timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";
        return RawHttp.Once(host.Address, "GET", $"/binance/api/v3/openOrders?{payload}&signature={key.Sign(payload)}", headers: key.Header);
    }
}
