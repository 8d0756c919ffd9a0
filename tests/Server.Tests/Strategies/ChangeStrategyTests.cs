using Lastro.Server.Tests.Backtests;
using Lastro.Server.Tests.Orders;
using Npgsql;

namespace Lastro.Server.Tests.Strategies;

public sealed class ChangeStrategyTests
{
    private const string Path = "/api/v1/strategies";

    [Fact]
    public async Task Each_change_is_a_version_and_the_earlier_ones_stay_as_they_were()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var made = (await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok();
        var one = $"{Path}/{made["id"]}";
        var second = (await user.Send(HttpMethod.Put, one, new { document = LabHost.Rsi("Renamed", low: 25), baseVersion = 1 })).Ok();
        (second["version"], second["name"], second["createdAt"]).ShouldBe(("2", "Renamed", made["createdAt"]));
        (await user.Get(one)).Ok().Body.ToString().ShouldBe(second.Body.ToString());
        (await user.Get($"{one}/versions/1")).Ok().Body.GetProperty("document").ToString().ShouldBe(made.Body.GetProperty("document").ToString());
        (await user.Get($"{one}/versions")).Ok().Items.Select(item => (item.GetProperty("version").GetInt32(), item.GetProperty("name").GetString())).ShouldBe([(2, "Renamed"), (1, "RSI reversal")]);
        ((int)(await user.Get($"{one}/versions/3")).Status).ShouldBe(404);
        var page = (await user.Get($"{one}/versions?limit=1")).Ok();
        (await user.Get($"{one}/versions?limit=1&cursor={page["nextCursor"]}")).Ok().Items.ShouldHaveSingleItem().GetProperty("version").GetInt32().ShouldBe(1);

        await using var connection = await NpgsqlDataSource.Create($"{lab.Host.OwnerConnectionString};Options=-c role=lastro_server").OpenConnectionAsync();
        foreach (var sql in new[] { "UPDATE strategy_versions SET document = '{}'", "DELETE FROM strategy_versions" })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
        }
    }

    [Fact]
    public async Task Who_changes_an_old_version_is_told_of_the_newer_one_and_a_retry_finds_its_own_work()
    {
        await using var lab = await LabHost.Start();
        var user = await lab.NewUser();
        var one = $"{Path}/{(await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok()["id"]}";
        var rivals = await Task.WhenAll(Enumerable.Range(20, 6).Select(low => Trader.Insist(() => user.Send(HttpMethod.Put, one, new { document = LabHost.Rsi(low: low), baseVersion = 1 }))));
        rivals.Count(answer => (int)answer.Status == 200).ShouldBe(1, "one of them came first");
        foreach (var late in rivals.Where(answer => (int)answer.Status != 200))
            ((int)late.Status, late["code"], late["field"], late["value"], late["limit"]).ShouldBe((409, "version_conflict", "baseVersion", "2", "1"));
        var won = rivals.Single(answer => (int)answer.Status == 200);
        var low = won.Body.GetProperty("document").GetProperty("inputs").GetProperty("low").GetInt32();
        (await user.Send(HttpMethod.Put, one, new { document = LabHost.Rsi(low: low), baseVersion = 1 })).Ok().Body.ToString().ShouldBe(won.Body.ToString());
        (await user.Send(HttpMethod.Put, one, new { document = LabHost.Rsi(low: low), baseVersion = 2 })).Ok()["version"].ShouldBe("2", "nothing changed, so there is no new version");
    }

    [Fact]
    public async Task Versions_end_somewhere_and_built_in_ones_cannot_be_changed()
    {
        await using var lab = await LabHost.Start("--Strategies:VersionsPerStrategy", "2");
        var user = await lab.NewUser();
        var one = $"{Path}/{(await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok()["id"]}";
        (await user.Send(HttpMethod.Put, one, new { document = LabHost.Rsi(low: 20), baseVersion = 1 })).Ok();
        var full = await user.Send(HttpMethod.Put, one, new { document = LabHost.Rsi(low: 21), baseVersion = 2 });
        ((int)full.Status, full["code"], full["field"], full["limit"]).ShouldBe((422, "quota_exceeded", "versions", "2"));
        (await user.Send(HttpMethod.Post, $"{one}/restore", new { version = 1 }))["code"].ShouldBe("quota_exceeded");

        var builtIn = (await user.Get(Path)).Ok().Items.Last().GetProperty("id").GetString();
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Put, $"{Path}/{builtIn}", new { document = LabHost.Rsi(), baseVersion = 1 }), (HttpMethod.Delete, $"{Path}/{builtIn}", null), (HttpMethod.Post, $"{Path}/{builtIn}/restore", new { version = 1 }),
        })
            ((int)(await user.Send(method, path, body)).Status).ShouldBe(403, $"{method} {path}");
        (await user.Get($"{Path}/{builtIn}/versions")).Ok().Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_elses_strategy_is_not_there()
    {
        await using var lab = await LabHost.Start();
        var (user, other) = (await lab.NewUser(), await lab.NewUser());
        var id = (await user.Send(HttpMethod.Post, Path, new { document = LabHost.Rsi() })).Ok()["id"];
        foreach (var strange in new[] { id, Guid.Empty.ToString(), "x" })
        {
            var one = $"{Path}/{strange}";
            foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Get, one, null), (HttpMethod.Put, one, new { document = LabHost.Rsi(), baseVersion = 1 }), (HttpMethod.Delete, one, null), (HttpMethod.Get, $"{one}/versions", null),
                (HttpMethod.Get, $"{one}/versions/1", null), (HttpMethod.Post, $"{one}/restore", new { version = 1 }), (HttpMethod.Get, $"{one}/diff", null),
            })
                ((int)(await other.Send(method, path, body)).Status).ShouldBe(404, $"{method} {path}");
        }

        (await other.Get(Path)).Ok().Items.ShouldAllBe(item => item.GetProperty("builtIn").GetBoolean());
        (await user.Get($"{Path}/{id}")).Ok()["version"].ShouldBe("1");
    }
}
