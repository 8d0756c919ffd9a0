using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Platform.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>Opens a paper account with its virtual money and the first point of its equity, in the caller's transaction. Every new user gets one.</summary>
internal sealed class OpenPaperAccount(IOptions<WalletsOptions> options, TimeProvider clock)
{
    /// <summary>Paper accounts a user may have; the database counts them.</summary>
    public const int Most = 20;

    public Task Handle(NpgsqlConnection connection, NpgsqlTransaction transaction, UserId user, CancellationToken cancellation) =>
        Open(connection, user, "Paper", cancellation);

    /// <exception cref="PostgresException">See <see cref="IsOneTooMany"/>.</exception>
    public async Task<Guid> Open(NpgsqlConnection connection, UserId user, string name, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO accounts (id, user_id, kind, exchange, name, created_at)
            VALUES (@id, @user, 'paper', 'paper', @name, @now)
            """;
        var now = clock.GetUtcNow();
        var account = Guid.CreateVersion7(now);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("id", account);
        command.Parameters.AddWithValue("user", user.Value);
        command.Parameters.AddWithValue("name", name);
        command.Parameters.AddWithValue("now", now.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellation);
        var grant = new Money(options.Value.Grant, new Asset(options.Value.ValueAsset));
        if (grant.Amount > 0m) await LedgerWriter.Post(connection, [Journals.Grant(account, grant, now)], cancellation);
        await EquityPoints.Add(connection, account, [new EquityPoint(1, now.UtcDateTime, EquityPoint.Grant, grant.Amount)], cancellation);
        return account;
    }

    /// <summary>True when the database refused an account because the user has as many as allowed.</summary>
    public static bool IsOneTooMany(PostgresException error) =>
        error is { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: "accounts_per_user" };
}
