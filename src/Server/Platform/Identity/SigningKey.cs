using System.Security.Cryptography;
using System.Text;

namespace Lastro.Server.Platform.Identity;

/// <summary>The server's one secret for tokens. JWTs are signed with it; other uses get their own key derived from it.</summary>
internal sealed class SigningKey
{
    /// <summary>HS256 wants a key at least as long as its hash (RFC 7518, 3.2).</summary>
    public const int MinimumBytes = 32;

    private const string FileName = "token.key";
    private static readonly string[] ExampleWords =
        ["changeme", "change-me", "change_me", "secret-key", "secretkey", "your-", "example", "0123456789", "password", "default"];

    private readonly byte[] _bytes;

    private SigningKey(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The key given by a setting, as text; refused when it is short or looks like an example.</summary>
    /// <exception cref="StartRefusedException">Says what is wrong, never the key.</exception>
    public static SigningKey FromSetting(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Trim());
        if (bytes.Length < MinimumBytes)
            throw new StartRefusedException($"The token key is {bytes.Length} bytes long; it needs at least {MinimumBytes}.");
        if (bytes.Distinct().Count() < 10 || LooksLikeExample(text))
            throw new StartRefusedException("The token key is a default or too plain; use 32 random bytes, for example from: openssl rand -base64 32");
        return new SigningKey(bytes);
    }

    /// <summary>The key in the secrets folder, made at the first start.</summary>
    /// <exception cref="StartRefusedException">The file there is damaged.</exception>
    public static SigningKey FromFolder(string secretsFolder)
    {
        var path = Path.Combine(secretsFolder, FileName);
        if (!File.Exists(path))
            Create(path);
        var bytes = new byte[MinimumBytes];
        if (!Convert.TryFromBase64String(File.ReadAllText(path).Trim(), bytes, out var written) || written != MinimumBytes)
            throw new StartRefusedException($"{path} does not hold {MinimumBytes} bytes in base64; remove it to get a new key (everybody signs in again).");
        return new SigningKey(bytes);
    }

    /// <summary>A key for another purpose, which tells nothing about this one.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, MinimumBytes, info: Encoding.UTF8.GetBytes(purpose));

    private static void Create(string path)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path: draft, options: options))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MinimumBytes)));
        File.Move(draft, path, overwrite: false);
    }

    private static bool LooksLikeExample(string text) =>
        ExampleWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
