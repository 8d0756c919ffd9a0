using System.IO.Compression;
using System.Text;
using Dapper;
using Lastro.Server.Platform.Database;
using Npgsql;

namespace Lastro.Server.Platform.OneShot;

/// <summary>
/// <c>restore DIR</c>: fills a new database from a backup, checks it, and only then puts it in the place of the present one,
/// which must be unused. A failure on the way leaves everything as it was. A running server starts anew by itself.
/// </summary>
internal static class Restore
{
    /// <summary>Tables tied to others by a key. Those that stand alone keep counters and settings, not anybody's data.</summary>
    private const string TiedTables = """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
          AND EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND c.oid IN (k.conrelid, k.confrelid))
        ORDER BY 1
        """;

    public static async Task<int> Run(OneShotCall call, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(call.Arguments[0]);
        var manifest = await BackupManifest.Read(folder, cancellation);
        var files = FilesOf(manifest);
        var present = new NpgsqlConnectionStringBuilder(call.Database.OwnerConnectionString) { Pooling = false, Timeout = 15, CommandTimeout = 600 };
        var draft = new NpgsqlConnectionStringBuilder(present.ConnectionString) { Database = $"{present.Database}_restoring" };
        await using var desk = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(present.ConnectionString) { Database = "postgres" }.ConnectionString);
        try
        {
            await desk.OpenAsync(cancellation);
            await desk.ExecuteAsync($"DROP DATABASE IF EXISTS \"{draft.Database}\" WITH (FORCE)");
            await desk.ExecuteAsync($"CREATE DATABASE \"{draft.Database}\"");
            await Fill(draft.ConnectionString, present.ConnectionString, folder, manifest, files, cancellation);
            await Swap(desk, present.Database!, draft.Database!);
        }
        catch (NpgsqlException error)
        {
            throw new StartRefusedException($"The backup cannot be restored, nothing was changed: {error.Message}", error);
        }

        TakeSecrets(call.Data, folder, manifest);
        if (call.Data.ServerRuns) RestoreWatch.Tell(call.Data);
        Console.WriteLine($"{folder}: {manifest.Tables.Count} tables, {manifest.Tables.Sum(table => table.Rows)} rows restored");
        return 0;
    }

    public static string Quoted(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    /// <summary>The SQL files the backup's database had run; they must be the same here.</summary>
    private static List<SqlFile> FilesOf(BackupManifest manifest)
    {
        var known = SqlFile.BuiltIn().ToDictionary(file => file.Number);
        foreach (var run in manifest.Migrations)
        {
            if (!known.TryGetValue(run.Number, out var file) || file.Sha256 != run.Sha256)
                throw new StartRefusedException($"The backup's database had run another {run.Name} than this server has: it belongs to another version.");
        }

        return [.. manifest.Migrations.Select(run => known[run.Number])];
    }

    private static async Task Fill(
        string draft, string present, string folder, BackupManifest manifest, List<SqlFile> files, CancellationToken cancellation)
    {
        await using var owner = new NpgsqlConnection(draft);
        await owner.OpenAsync(cancellation);
        await ServerRole.Ensure(owner);
        await Migrator.Run(owner, files, cancellation);
        await CheckUnused(owner, present, cancellation);
        await using (var transaction = await owner.BeginTransactionAsync(cancellation))
        {
            // Rows arrive in the order of the tables' names; the snapshot they come from satisfied every key and trigger.
            await owner.ExecuteAsync("SET LOCAL session_replication_role = replica");
            await owner.ExecuteAsync($"TRUNCATE {Quoted(manifest.Tables.Select(table => table.Name))}");
            foreach (var table in manifest.Tables) await Load(owner, folder, table, cancellation);
            foreach (var sequence in manifest.Sequences)
                await owner.ExecuteAsync("SELECT setval(format('public.%I', @Name::text)::regclass, @LastValue, @IsCalled)", sequence);
            await transaction.CommitAsync(cancellation);
        }

        await Migrator.Run(owner, SqlFile.BuiltIn(), cancellation);
        await owner.ExecuteAsync("ANALYZE", commandType: System.Data.CommandType.Text);
    }

    private static async Task Load(NpgsqlConnection owner, string folder, BackupTable table, CancellationToken cancellation)
    {
        await using (var file = File.OpenRead(Path.Combine(folder, table.File.Path)))
        await using (var plain = new GZipStream(file, CompressionMode.Decompress))
        using (var text = new StreamReader(plain, new UTF8Encoding(false)))
        await using (var copy = await owner.BeginTextImportAsync($"COPY public.\"{table.Name}\" ({Quoted(table.Columns)}) FROM STDIN", cancellation))
        {
            var buffer = new char[64 * 1024];
            int read;
            while ((read = await text.ReadAsync(buffer, cancellation)) > 0) await copy.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        var rows = await owner.ExecuteScalarAsync<long>($"SELECT count(*) FROM public.\"{table.Name}\"");
        if (rows != table.Rows) throw new StartRefusedException($"{table.Name} has {rows} rows after the restore instead of {table.Rows}; nothing was changed.");
    }

    /// <summary>Unused: no such table has more rows than the SQL files themselves put there.</summary>
    private static async Task CheckUnused(NpgsqlConnection fresh, string present, CancellationToken cancellation)
    {
        await using var used = new NpgsqlConnection(present);
        await used.OpenAsync(cancellation);
        var known = (await fresh.QueryAsync<string>(TiedTables)).ToHashSet(StringComparer.Ordinal);
        foreach (var table in (await used.QueryAsync<string>(TiedTables)).Where(known.Contains))
        {
            var count = $"SELECT count(*) FROM public.\"{table}\"";
            if (await used.ExecuteScalarAsync<long>(count) > await fresh.ExecuteScalarAsync<long>(count))
                throw new StartRefusedException($"The database is in use ({table} has rows): restore into a new --Data folder.");
        }
    }

    private static async Task Swap(NpgsqlConnection desk, string present, string draft)
    {
        var old = $"{present}_replaced";
        await desk.ExecuteAsync($"DROP DATABASE IF EXISTS \"{old}\" WITH (FORCE)");
        await desk.ExecuteAsync($"ALTER DATABASE \"{present}\" WITH ALLOW_CONNECTIONS false");
        try
        {
            await desk.ExecuteAsync("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = @present", new { present });
            await desk.ExecuteAsync($"ALTER DATABASE \"{present}\" RENAME TO \"{old}\"");
        }
        catch (PostgresException)
        {
            await desk.ExecuteAsync($"ALTER DATABASE \"{present}\" WITH ALLOW_CONNECTIONS true");
            throw;
        }

        await desk.ExecuteAsync($"ALTER DATABASE \"{draft}\" RENAME TO \"{present}\"");
        await desk.ExecuteAsync($"DROP DATABASE \"{old}\" WITH (FORCE)");
    }

    private static void TakeSecrets(DataFolder data, string folder, BackupManifest manifest)
    {
        foreach (var secret in manifest.Secrets)
        {
            var target = Path.GetFullPath(Path.Combine(data.Path, secret.Path));
            if (!target.StartsWith(data.Secrets + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new StartRefusedException($"{secret.Path} is no secret's place.");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(folder, secret.Path), target + ".new", overwrite: true);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(target + ".new", target, overwrite: true);
        }
    }
}
