using System.Diagnostics;
using Lastro.Server.ApiKeys;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Postgres;

namespace Lastro.Server.Tests.ApiKeys;

public sealed class KeyWatchTests
{
    [Fact]
    public async Task An_old_picture_lets_nobody_in_and_a_new_one_does()
    {
        await using var postgres = await StoppablePostgres.Start();
        await using var host = await TestHost.Start(configure: null, postgres.ConnectionString);
        var owner = await KeyOwner.New(host);
        var made = (await owner.Make()).Ok();
        (await owner.Find(made["key"]!)).ShouldNotBeNull();
        await postgres.StopImmediately();
        (await Until(owner, made["key"]!, found: false)).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        var watch = Stopwatch.StartNew();
        ErrorHandling.DatabaseIsAway(await Should.ThrowAsync<Exception>(async () => await owner.Find(made["key"]!))).ShouldBeTrue();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2), "it is told at once");
        await postgres.StartAgain();
        (await Until(owner, made["key"]!, found: true)).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await owner.Signed((await owner.Find(made["key"]!))!, KeyOwner.Sign(made["secret"]!))).ShouldBeTrue();
    }

    private static async Task<TimeSpan> Until(KeyOwner owner, string key, bool found)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(30) && await Finds(owner, key) != found) await Task.Delay(50);
        return watch.Elapsed;
    }

    private static async Task<bool> Finds(KeyOwner owner, string key)
    {
        try
        {
            return await owner.Find(key) is KnownKey;
        }
        catch (Exception error) when (ErrorHandling.DatabaseIsAway(error))
        {
            return false;
        }
    }
}
