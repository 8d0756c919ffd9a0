using System.Security.Cryptography;

namespace Lastro.Server.Platform.Vault;

/// <summary>The key that locks every secret's own key. It lies beside the database, never in it: a copy of the database alone opens nothing.</summary>
internal sealed class MasterKey
{
    /// <summary>AES-256.</summary>
    public const int Length = 32;

    private const string FileName = "vault.key";

    private readonly byte[] _bytes;

    private MasterKey(byte[] bytes) => (_bytes, Mark) = (bytes, SHA256.HashData([.. "lastro master key"u8, .. bytes]).AsSpan(0, 8).ToArray());

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Eight bytes that tell this key from another one and nothing about it.</summary>
    public ReadOnlyMemory<byte> Mark { get; }

    /// <summary>The key given by a setting: 32 bytes in base64. For several nodes, or a key that is kept elsewhere.</summary>
    /// <exception cref="StartRefusedException">Says what is wrong, never the key.</exception>
    public static MasterKey FromSetting(string text)
    {
        var bytes = Read(text) ?? throw new StartRefusedException($"The vault's key must be {Length} bytes in base64, for example from: openssl rand -base64 {Length}");
        return bytes.Distinct().Count() >= 10 ? new MasterKey(bytes) : throw new StartRefusedException("The vault's key is too plain; use 32 random bytes.");
    }

    /// <summary>The key in the secrets folder, made at the first start and never again.</summary>
    /// <exception cref="StartRefusedException">The file there is damaged.</exception>
    public static MasterKey FromFolder(string secretsFolder)
    {
        var path = Path.Combine(secretsFolder, FileName);
        if (!File.Exists(path)) Create(path);
        return Read(File.ReadAllText(path)) is { } bytes
            ? new MasterKey(bytes)
            : throw new StartRefusedException(
                $"{path} does not hold {Length} bytes in base64. Take it from a backup; without it the API secrets in the database cannot be opened.");
    }

    public override string ToString() => "***";

    private static byte[]? Read(string text)
    {
        var bytes = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var written) && written == Length ? bytes : null;
    }

    private static void Create(string path)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)) + "\n"));
            // What this key locks is gone without it: it must lie on the disk before the first secret does.
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key is the key.
            File.Delete(draft);
        }
    }
}
