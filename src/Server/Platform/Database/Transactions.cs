using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Npgsql;

namespace Lastro.Server.Platform.Database;

/// <summary>One transaction around a piece of work, tried again when PostgreSQL says it lost a race.</summary>
internal static class Transactions
{
    private const int Attempts = 6;

    private static readonly Meter _meter = new("lastro.database");
    private static readonly Counter<long> _retries = _meter.CreateCounter<long>(
        "lastro_database_retries", description: "Transactions tried again after a deadlock or a serialization failure.");

    /// <summary>
    /// Runs the work and commits. Deadlocks (40P01) and serialization failures (40001) are tried again, at most 5 times,
    /// after a wait with jitter; PostgreSQL reports both before anything is committed. A connection lost during COMMIT is
    /// never tried again: its outcome is unknown, and only the caller's key can tell it.
    /// </summary>
    public static async Task<T> InTransaction<T>(
        this NpgsqlDataSource database, Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> work, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                await using var transaction = await connection.BeginTransactionAsync(cancellation);
                var result = await work(connection, transaction);
                await transaction.CommitAsync(cancellation);
                return result;
            }
            catch (PostgresException error) when (LostRace(error) && attempt < Attempts)
            {
                _retries.Add(1, new KeyValuePair<string, object?>("state", error.SqlState));
                await Task.Delay(RandomNumberGenerator.GetInt32(5, 20 << attempt), cancellation);
            }
        }
    }

    /// <inheritdoc cref="InTransaction{T}"/>
    public static Task InTransaction(
        this NpgsqlDataSource database, Func<NpgsqlConnection, NpgsqlTransaction, Task> work, CancellationToken cancellation) =>
        database.InTransaction(async (connection, transaction) =>
        {
            await work(connection, transaction);
            return true;
        }, cancellation);

    private static bool LostRace(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
