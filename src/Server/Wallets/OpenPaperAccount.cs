using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Platform.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>Gives a new user a paper account with virtual money, in the transaction that makes the user.</summary>
internal sealed class OpenPaperAccount(IOptions<WalletsOptions> options, TimeProvider clock)
{
    public async Task Handle(NpgsqlConnection connection, NpgsqlTransaction transaction, UserId user, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO accounts (id, user_id, kind, exchange, name, created_at)
            VALUES (@id, @user, 'paper', 'paper', 'Paper', @now)
            """;
        var now = clock.GetUtcNow();
        var account = Guid.CreateVersion7(now);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.AddWithValue("id", account);
        command.Parameters.AddWithValue("user", user.Value);
        command.Parameters.AddWithValue("now", now.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellation);
        if (options.Value.Grant > 0m)
            await LedgerWriter.Post(connection, [Journals.Grant(account, new Money(options.Value.Grant, new Asset(options.Value.ValueAsset)), now)], cancellation);
    }
}
