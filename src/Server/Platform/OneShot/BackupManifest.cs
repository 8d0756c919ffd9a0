using System.Security.Cryptography;
using System.Text.Json;

namespace Lastro.Server.Platform.OneShot;

/// <summary>What a backup holds, with a checksum of every file.</summary>
internal sealed record BackupManifest(
    int Format, DateTimeOffset MadeAt, IReadOnlyList<BackupMigration> Migrations, IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupSequence> Sequences, IReadOnlyList<BackupFile> Secrets)
{
    public const int CurrentFormat = 1;

    private const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Written last: a folder without it is no backup.</summary>
    public async Task Write(string folder, CancellationToken cancellation)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(this, _json);
        await File.WriteAllTextAsync(Path.Combine(folder, FileName + ".sha256"), Convert.ToHexStringLower(SHA256.HashData(text)), cancellation);
        await using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        await file.WriteAsync(text, cancellation);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a backup's manifest and checks every file it names.</summary>
    /// <exception cref="StartRefusedException">Names the file that is missing or damaged.</exception>
    public static async Task<BackupManifest> Read(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new StartRefusedException($"{folder} is no finished backup: it has no {FileName}.");
        var text = await File.ReadAllBytesAsync(path, cancellation);
        if (!File.Exists(path + ".sha256") || Convert.ToHexStringLower(SHA256.HashData(text)) != (await File.ReadAllTextAsync(path + ".sha256", cancellation)).Trim())
            throw new StartRefusedException($"{path} is damaged: its checksum is another one.");
        var manifest = JsonSerializer.Deserialize<BackupManifest>(text, _json)!;
        if (manifest.Format != CurrentFormat) throw new StartRefusedException($"{path} has format {manifest.Format}; this server reads {CurrentFormat}.");
        foreach (var file in manifest.Tables.Select(table => table.File).Concat(manifest.Secrets))
        {
            var full = Path.Combine(folder, file.Path);
            if (!File.Exists(full)) throw new StartRefusedException($"{full} is missing.");
            if (await BackupFile.Checksum(full, cancellation) != file.Sha256) throw new StartRefusedException($"{full} is damaged: its checksum is another one.");
        }

        return manifest;
    }
}

/// <summary>A SQL file that the database had run.</summary>
internal sealed record BackupMigration(int Number, string Name, string Sha256);

/// <summary>A table's rows, in PostgreSQL's COPY text format, packed.</summary>
internal sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, BackupFile File);

/// <summary>Where a sequence stood.</summary>
internal sealed record BackupSequence(string Name, long LastValue, bool IsCalled);

/// <summary>A file below the backup's folder.</summary>
internal sealed record BackupFile(string Path, string Sha256)
{
    public static async Task<BackupFile> Of(string folder, string path, CancellationToken cancellation) =>
        new(path, await Checksum(System.IO.Path.Combine(folder, path), cancellation));

    public static async Task<string> Checksum(string path, CancellationToken cancellation)
    {
        await using var file = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }
}
