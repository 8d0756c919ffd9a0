using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Tests.Orders;
using Lastro.Server.Wallets;
using Npgsql;

namespace Lastro.Server.Tests.Wallets;

public sealed class LedgerRulesTests
{
    [Fact]
    public async Task The_servers_role_cannot_change_history_or_balances()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        await using var server = NpgsqlDataSource.Create(ServerRole.Narrow(market.Host.OwnerConnectionString));
        foreach (var table in new[] { "journals", "postings", "fills" })
        {
            foreach (var sql in new[] { $"UPDATE {table} SET created_at = now()", $"DELETE FROM {table}", $"TRUNCATE {table} CASCADE" })
            {
                await Refused(server, sql.Replace("postings SET created_at = now()", "postings SET amount = 1", StringComparison.Ordinal));
                await Refused(market.Host.Owner, sql.Replace("postings SET created_at = now()", "postings SET amount = 1", StringComparison.Ordinal));
            }
        }

        foreach (var sql in new[] { "UPDATE balances SET available = 1000000", "INSERT INTO balances SELECT account_id, 'DOGE', 1, 0 FROM balances", "DELETE FROM balances", "UPDATE positions SET cost = 0", "UPDATE orders SET symbol = 'ETHUSDT'", "DELETE FROM orders", "DELETE FROM accounts" })
            await Refused(server, sql);
        await market.ShouldBeSound();
    }

    [Theory]
    [InlineData("UPDATE postings SET amount = amount + 1 WHERE journal_id = (SELECT max(journal_id) FROM postings) AND line = 1")]
    [InlineData("DELETE FROM postings WHERE journal_id = (SELECT max(journal_id) FROM postings) AND line = 1")]
    [InlineData("DELETE FROM postings WHERE journal_id >= (SELECT max(id) - 1 FROM journals); DELETE FROM journals WHERE id >= (SELECT max(id) - 1 FROM journals)")]
    [InlineData("UPDATE balances SET available = available + 1")]
    [InlineData("UPDATE orders SET filled_quantity = filled_quantity / 2, status = 'canceled'")]
    [InlineData("DELETE FROM fills WHERE id = (SELECT max(id) FROM fills)")]
    public async Task A_superusers_tampering_is_found(string tampering)
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        (await trader.MarketBuy("0.1")).Ok();
        var before = await LedgerAudit.Run(market.Host.Owner, default);
        before.Sound.ShouldBeTrue(string.Join('\n', before.Findings));

        await using (var owner = await market.Host.Owner.OpenConnectionAsync())
            await owner.ExecuteAsync($"SET session_replication_role = replica; {tampering}; SET session_replication_role = DEFAULT");

        (await LedgerAudit.Run(market.Host.Owner, default)).Sound.ShouldBeFalse();
        using var output = new StringWriter();
        (await VerifyLedger.Run(market.Host.Owner, output, default)).ShouldBe(1);
        output.ToString().ShouldContain("BROKEN");
    }

    [Fact]
    public async Task A_journal_that_does_not_add_up_is_refused_by_the_database()
    {
        await using var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        await using var owner = await market.Host.Owner.OpenConnectionAsync();

        var error = await Should.ThrowAsync<PostgresException>(() => owner.ExecuteAsync("""
            WITH j AS (INSERT INTO journals (business_key, kind, created_at) VALUES ('gift', 'grant', now()) RETURNING id)
            INSERT INTO postings (journal_id, line, account_id, asset, bucket, amount) SELECT id, 1, @account, 'USDT', 'available', 100 FROM j
            """, new { account = Guid.Parse(trader.Account) }));
        error.ConstraintName.ShouldBe("postings_sum_to_zero");
        (await trader.Balance("USDT")).Available.ShouldBe(50_000m);
    }

    [Theory]
    [InlineData("DELETE FROM seasons WHERE number = 2")]
    [InlineData("DELETE FROM seasons WHERE number = 1")]
    [InlineData("UPDATE seasons SET start_equity = start_equity + 1, pnl = pnl - 1")]
    [InlineData("UPDATE seasons SET trades = trades + 1")]
    [InlineData("UPDATE seasons SET realised = realised + 0.000000000000000001 WHERE number = 2")]
    [InlineData("UPDATE seasons SET fees = 0")]
    [InlineData("UPDATE seasons SET realised = NULL")]
    [InlineData("UPDATE seasons SET started_at = started_at - interval '1 second', number = number WHERE number = 2")]
    [InlineData("UPDATE season_marks SET after_fill = after_fill + 1")]
    [InlineData("UPDATE positions SET realised = realised + 0.000000000000000001")]
    [InlineData("DELETE FROM positions")]
    [InlineData("UPDATE journals SET business_key = business_key || '0' WHERE kind = 'reset'")]
    public async Task A_superusers_tampering_with_seasons_is_found(string tampering)
    {
        await using var market = await Seasoned();
        await using (var owner = await market.Host.Owner.OpenConnectionAsync())
            (await owner.ExecuteAsync($"SET session_replication_role = replica; {tampering}; SET session_replication_role = DEFAULT")).ShouldBeGreaterThan(0);
        (await LedgerAudit.Run(market.Host.Owner, default)).Sound.ShouldBeFalse();
    }

    [Fact]
    public async Task The_state_hash_tells_seasons_apart_and_repeats()
    {
        await using var market = await Seasoned();
        var before = (await LedgerAudit.Run(market.Host.Owner, default)).StateHash;
        (await LedgerAudit.Run(market.Host.Owner, default)).StateHash.ShouldBe(before);
        await using var owner = await market.Host.Owner.OpenConnectionAsync();
        await owner.ExecuteAsync("SET session_replication_role = replica; UPDATE seasons SET realised = realised + 1 WHERE number = 1; SET session_replication_role = DEFAULT");
        (await LedgerAudit.Run(market.Host.Owner, default)).StateHash.ShouldNotBe(before);
    }

    [Fact]
    public async Task The_servers_role_cannot_change_seasons_answers_or_marks()
    {
        await using var market = await Seasoned();
        await using var server = NpgsqlDataSource.Create(ServerRole.Narrow(market.Host.OwnerConnectionString));
        foreach (var sql in new[]
        {
            "UPDATE seasons SET pnl = 1", "DELETE FROM seasons", "TRUNCATE seasons", "UPDATE wallet_requests SET answer = ''", "DELETE FROM wallet_requests",
            "UPDATE season_marks SET after_fill = 0", "DELETE FROM season_marks", "UPDATE positions SET realised = 1", "UPDATE equity_points SET equity = 1",
            "UPDATE accounts SET kind = 'live'", "UPDATE accounts SET user_id = NULL", "DELETE FROM ledger_watch",
            "SELECT apply_fill(fills) FROM fills",
        }) await Refused(server, sql);
        foreach (var sql in new[] { "UPDATE seasons SET pnl = 1", "DELETE FROM wallet_requests", "TRUNCATE season_marks" }) await Refused(market.Host.Owner, sql);

        await using var connection = await server.OpenConnectionAsync();
        foreach (var (number, constraint) in new[] { (2, "seasons_in_order"), (4, "seasons_in_order"), (3, "seasons_have_a_grant") })
        {
            var error = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync("""
                INSERT INTO seasons (account_id, number, started_at, ended_at, value_asset, start_equity, trades)
                SELECT DISTINCT account_id, @number, now(), now(), 'USDT', 0, 0 FROM seasons
                """, new { number }));
            error.ConstraintName.ShouldBe(constraint);
        }

        (await LedgerAudit.Run(market.Host.Owner, default)).Sound.ShouldBeTrue();
    }

    /// <summary>An account in its third season, with fills in each.</summary>
    private static async Task<ScriptedMarket> Seasoned()
    {
        var market = await ScriptedMarket.Around60000();
        var trader = await Trader.New(market.Host);
        for (var season = 1; season <= 3; season++)
        {
            (await trader.MarketBuy("0.1")).Ok();
            (await trader.MarketSell("0.05")).Ok();
            if (season < 3) (await ResetAccountTests.Reset(trader, new { confirm = "RESET" }, $"season-{season}")).Ok();
        }

        var report = await LedgerAudit.Run(market.Host.Owner, default);
        report.Sound.ShouldBeTrue(string.Join('\n', report.Findings));
        return market;
    }

    private static async Task Refused(NpgsqlDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        var error = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql), sql);
        error.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
    }
}
