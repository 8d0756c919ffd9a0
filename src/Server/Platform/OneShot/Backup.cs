using System.Data;
using System.IO.Compression;
using System.Text;
using Dapper;
using Npgsql;

namespace Lastro.Server.Platform.OneShot;

/// <summary>
/// <c>backup DIR</c>: every table as one snapshot sees it, the sequences, and the secrets that data depends on.
/// The server may run meanwhile. Restored, it is the database of the snapshot's moment.
/// </summary>
internal static class Backup
{
    private const string Tables = """
        SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        GROUP BY c.relname ORDER BY c.relname
        """;

    /// <summary>Belongs to one machine's PostgreSQL, not to the data.</summary>
    private const string OwnSecret = "postgres-password";

    public static async Task<int> Run(OneShotCall call, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(call.Arguments[0]);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new StartRefusedException($"{folder} is not empty: a backup goes into a new folder.");
        try
        {
            MakePrivate(folder);
            MakePrivate(Path.Combine(folder, "tables"));
            MakePrivate(Path.Combine(folder, "secrets"));
            var manifest = await Write(call, folder, cancellation);
            await manifest.Write(folder, cancellation);
            Console.WriteLine($"{folder}: {manifest.Tables.Count} tables, {manifest.Tables.Sum(table => table.Rows)} rows");
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The backup cannot be written: {error.Message}", error);
        }
    }

    private static async Task<BackupManifest> Write(OneShotCall call, string folder, CancellationToken cancellation)
    {
        await using var owner = await call.Database.OpenOwner(cancellation);
        await using var snapshot = await owner.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await owner.ExecuteAsync("SET TRANSACTION READ ONLY");
        var migrations = await owner.QueryAsync<BackupMigration>("SELECT number, name, sha256 FROM schema_migrations ORDER BY number");
        var tables = new List<BackupTable>();
        foreach (var (name, columns) in await owner.QueryAsync<(string Name, string[] Columns)>(Tables))
            tables.Add(await Copy(owner, folder, name, columns, cancellation));

        // Sequences stand outside snapshots; read last, they are never behind the rows.
        var sequences = new List<BackupSequence>();
        foreach (var name in await owner.QueryAsync<string>("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"))
            sequences.Add(await owner.QuerySingleAsync<BackupSequence>($"SELECT '{name}' AS name, last_value AS lastvalue, is_called AS iscalled FROM public.\"{name}\""));
        var now = await owner.ExecuteScalarAsync<DateTime>("SELECT now()");
        return new BackupManifest(
            BackupManifest.CurrentFormat, new DateTimeOffset(now, TimeSpan.Zero), [.. migrations], tables, sequences, await Secrets(call.Data, folder, cancellation));
    }

    private static async Task<BackupTable> Copy(NpgsqlConnection owner, string folder, string name, string[] columns, CancellationToken cancellation)
    {
        var path = Path.Combine("tables", $"{name}.copy.gz");
        var rows = 0L;
        await using (var file = new FileStream(Path.Combine(folder, path), FileMode.CreateNew, FileAccess.Write))
        {
            await using (var packed = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            await using (var text = new StreamWriter(packed, new UTF8Encoding(false)))
            using (var copy = await owner.BeginTextExportAsync($"COPY public.\"{name}\" ({Restore.Quoted(columns)}) TO STDOUT", cancellation))
            {
                var buffer = new char[64 * 1024];
                int read;
                while ((read = await copy.ReadAsync(buffer, cancellation)) > 0)
                {
                    rows += buffer.AsSpan(0, read).Count('\n');
                    await text.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            }

            file.Flush(flushToDisk: true);
        }

        return new BackupTable(name, columns, rows, await BackupFile.Of(folder, path, cancellation));
    }

    private static async Task<IReadOnlyList<BackupFile>> Secrets(DataFolder data, string folder, CancellationToken cancellation)
    {
        var files = new List<BackupFile>();
        foreach (var secret in Directory.EnumerateFiles(data.Secrets, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(data.Secrets, path))
            .Where(name => name != OwnSecret).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine("secrets", secret);
            MakePrivate(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.Copy(Path.Combine(data.Secrets, secret), Path.Combine(folder, path));
            files.Add(await BackupFile.Of(folder, path, cancellation));
        }

        return files;
    }

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
