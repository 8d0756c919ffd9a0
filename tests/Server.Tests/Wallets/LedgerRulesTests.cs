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

        foreach (var sql in new[] { "UPDATE balances SET available = 1000000", "INSERT INTO balances SELECT account_id, 'DOGE', 1, 0 FROM balances", "DELETE FROM balances", "UPDATE positions SET cost = 0", "UPDATE orders SET hold_amount = 1", "DELETE FROM orders", "DELETE FROM accounts" })
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

    private static async Task Refused(NpgsqlDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        var error = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql), sql);
        error.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);
    }
}
