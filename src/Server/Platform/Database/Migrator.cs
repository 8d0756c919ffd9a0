using Dapper;
using Npgsql;

namespace Lastro.Server.Platform.Database;

/// <summary>
/// Runs the numbered SQL files that a database has not seen, each in a transaction of its own, one server at a time.
/// A file that was run is part of the past: when its text has changed since, the server refuses to start.
/// </summary>
internal static class Migrator
{
    /// <summary>Key of the advisory lock: "lastro" on a telephone's keys.</summary>
    private const long LockKey = 527876;

    private const string Ledger = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number     integer PRIMARY KEY,
            name       text NOT NULL,
            sha256     text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        """;

    /// <summary>Brings the database up to date and gives the names of the files it ran.</summary>
    /// <exception cref="StartRefusedException">A file that was run has changed, or the database is newer than this server.</exception>
    public static async Task<IReadOnlyList<string>> Run(
        NpgsqlConnection owner, IReadOnlyList<SqlFile> files, CancellationToken cancellation)
    {
        await owner.ExecuteAsync($"SELECT pg_advisory_lock({LockKey})");
        try
        {
            await owner.ExecuteAsync(Ledger);
            var applied = (await owner.QueryAsync<(int Number, string Name, string Sha256)>(
                "SELECT number, name, sha256 FROM schema_migrations")).ToDictionary(row => row.Number);
            Check(files, applied);
            var ran = new List<string>();
            foreach (var file in files.Where(file => !applied.ContainsKey(file.Number)))
            {
                await Apply(owner, file, cancellation);
                ran.Add(file.Name);
            }

            return ran;
        }
        finally
        {
            await owner.ExecuteAsync($"SELECT pg_advisory_unlock({LockKey})");
        }
    }

    private static void Check(IReadOnlyList<SqlFile> files, Dictionary<int, (int Number, string Name, string Sha256)> applied)
    {
        var known = files.ToDictionary(file => file.Number);
        foreach (var (number, name, sha256) in applied.Values.OrderBy(row => row.Number))
        {
            if (!known.TryGetValue(number, out var file))
                throw new StartRefusedException($"The database has run {name}, which this server does not know: it belongs to a newer server.");
            if (file.Sha256 != sha256)
                throw new StartRefusedException($"{file.Name} was run as {sha256[..12]} and is now {file.Sha256[..12]}: an old file may not change, add a new one.");
        }
    }

    private static async Task Apply(NpgsqlConnection owner, SqlFile file, CancellationToken cancellation)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancellation);
        try
        {
            await owner.ExecuteAsync(new CommandDefinition(file.Text, transaction: transaction, commandTimeout: 600, cancellationToken: cancellation));
            await owner.ExecuteAsync(
                "INSERT INTO schema_migrations (number, name, sha256) VALUES (@Number, @Name, @Sha256)", file, transaction);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException error)
        {
            throw new StartRefusedException($"{file.Name} failed and left nothing behind: {error.MessageText}", error);
        }
    }
}
