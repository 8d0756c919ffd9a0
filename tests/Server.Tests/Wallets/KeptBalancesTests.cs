using Dapper;
using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Tests.Host;
using Lastro.Server.Tests.Orders;
using Lastro.Server.Wallets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lastro.Server.Tests.Wallets;

public sealed class KeptBalancesTests
{
    [Fact]
    public async Task A_sheet_is_kept_until_a_transaction_begins_and_read_anew_when_it_has_committed()
    {
        await using var host = await TestHost.Start();
        var account = Guid.Parse((await Trader.New(host)).Account);
        var (balances, database) = (host.Services.GetRequiredService<BalanceSheets>(), host.Services.GetRequiredService<NpgsqlDataSource>());
        var first = await balances.Of(account, default);
        (await balances.Of(account, default)).ShouldBeSameAs(first);

        await using (var connection = await database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await WalletsRoom.Post(connection, [Grant(account, 7, 2)], default);
            var meanwhile = await balances.Of(account, default);
            meanwhile.ShouldNotBeSameAs(first);
            meanwhile!["USDT"].Available.ShouldBe(50_000m, "not committed yet");
            await transaction.CommitAsync();
            (await balances.Of(account, default))!["USDT"].Available.ShouldBe(50_007m, "committed, though the connection is still out");
        }

        var after = await balances.Of(account, default);
        (await balances.Of(account, default)).ShouldBeSameAs(after);
        after!["USDT"].Available.ShouldBe(50_007m);
    }

    [Fact]
    public async Task What_was_rolled_back_is_not_shown_and_the_sheet_is_kept_again()
    {
        await using var host = await TestHost.Start();
        var account = Guid.Parse((await Trader.New(host)).Account);
        var (balances, database) = (host.Services.GetRequiredService<BalanceSheets>(), host.Services.GetRequiredService<NpgsqlDataSource>());
        await using (var connection = await database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await WalletsRoom.Post(connection, [Grant(account, 7, 2)], default);
        }

        var after = await balances.Of(account, default);
        after!["USDT"].Available.ShouldBe(50_000m);
        (await balances.Of(account, default)).ShouldBeSameAs(after);
    }

    [Fact]
    public async Task A_reading_that_a_commit_overtakes_is_not_kept()
    {
        await using var host = await TestHost.Start();
        var account = Guid.Parse((await Trader.New(host)).Account);
        var (balances, database) = (host.Services.GetRequiredService<BalanceSheets>(), host.Services.GetRequiredService<NpgsqlDataSource>());

        // The table is locked: the reading has begun, and waits, while another connection commits.
        await using var owner = await host.Owner.OpenConnectionAsync();
        for (var round = 0; round < 20; round++)
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var reading = balances.Of(account, default).AsTask();
            await WalletsRoom.Post(connection, [Grant(account, 1, round + 2)], default);
            await transaction.CommitAsync();
            await connection.CloseAsync();
            await reading;
            (await balances.Of(account, default))!["USDT"].Available.ShouldBe(50_001m + round);
        }
    }

    [Fact]
    public async Task A_commit_of_another_process_shows_within_its_second()
    {
        await using var host = await TestHost.Start();
        var account = Guid.Parse((await Trader.New(host)).Account);
        var balances = host.Services.GetRequiredService<BalanceSheets>();
        (await balances.Of(account, default))!["USDT"].Available.ShouldBe(50_000m);
        await using (var owner = await host.Owner.OpenConnectionAsync())
        {
            await owner.ExecuteAsync("""
                WITH written AS (INSERT INTO journals (business_key, kind, created_at) VALUES ('elsewhere', 'grant', now()) RETURNING id)
                INSERT INTO postings (journal_id, line, account_id, asset, bucket, amount)
                SELECT id, line, holder, 'USDT', 'available', amount FROM written,
                    (VALUES (1::smallint, @house, -5::numeric), (2::smallint, @account, 5::numeric)) AS p (line, holder, amount)
                """, new { account, house = House.Issuer });
        }

        await Task.Delay(KeptBalances.Longest + TimeSpan.FromMilliseconds(50));
        (await balances.Of(account, default))!["USDT"].Available.ShouldBe(50_005m);
    }

    [Fact]
    public async Task Many_at_once_are_what_each_is_alone_and_nobody_gets_none()
    {
        await using var host = await TestHost.Start();
        var balances = host.Services.GetRequiredService<BalanceSheets>();
        var accounts = new[] { Guid.Parse((await Trader.New(host)).Account), Guid.Parse((await Trader.New(host)).Account), Guid.NewGuid() };
        _ = await balances.Of(accounts[0], default);
        var sheets = await balances.OfMany(accounts, default);
        sheets.Keys.ShouldBe(accounts[..2], ignoreOrder: true);
        foreach (var account in accounts[..2]) sheets[account].ShouldBeSameAs(await balances.Of(account, default));
        (await balances.Of(accounts[2], default)).ShouldBeNull();
    }

    private static Journal Grant(Guid account, decimal amount, int season) => Journals.Grant(account, new Money(amount, new Asset("USDT")), DateTimeOffset.UnixEpoch, season);
}
