using System.IO.Compression;

namespace Lastro.Exchanges.Files;

/// <summary>A file's bytes, unpacked when its name ends in .gz, or in .zip with one .csv inside.</summary>
internal static class FileBytes
{
    /// <summary>Candle text packs to about a quarter.</summary>
    private const int UsualRatio = 4;

    /// <summary>Opens for reading; what cannot be opened throws <see cref="InvalidDataException"/> naming the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ahead">True to unpack on a thread of its own, ahead of the reader.</param>
    public static Stream Open(string path, bool ahead)
    {
        Stream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {error.Message}", error);
        }

        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            file = new GZipStream(file, CompressionMode.Decompress);
        else if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return OnlyEntry(path, file);
        else
            return file;
        return ahead ? new ReadAhead(file) : file;
    }

    /// <summary>About how many bytes the file unpacks to.</summary>
    public static long UnpackedLength(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return file.Length * UsualRatio;
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || file.Length < 4)
            return file.Length;

        // RFC 1952: the last four bytes are the length before packing, modulo 2^32.
        Span<byte> footer = stackalloc byte[4];
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(footer);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(footer);
    }

    private static ReadAhead OnlyEntry(string path, Stream file)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            var tables = archive.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
            return tables.Count == 1
                ? new ReadAhead(tables[0].Open(), archive)
                : throw new InvalidDataException($"{path} holds {(tables.Count == 0 ? "no .csv" : "more than one .csv")}; one is needed.");
        }
        catch (InvalidDataException error) when (error.Message[0] != path[0])
        {
            file.Dispose();
            throw new InvalidDataException($"{path} is no zip archive: {error.Message}", error);
        }
    }
}
