using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Lastro.Server.Platform.Database;

/// <summary>One numbered file of the schema.</summary>
internal sealed record SqlFile(int Number, string Name, string Text)
{
    private const string Folder = "Database/";

    private static readonly Regex _name = new(@"^(?<number>\d{4})_[a-z0-9_]+\.sql$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The files built into the server, by number.</summary>
    public static IReadOnlyList<SqlFile> BuiltIn()
    {
        var assembly = typeof(SqlFile).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => Read(name[Folder.Length..], assembly.GetManifestResourceStream(name)!))
            .OrderBy(file => file.Number)];
    }

    private static SqlFile Read(string name, Stream text)
    {
        var match = _name.Match(name);
        if (!match.Success) throw new InvalidOperationException($"{name} is no name like 0001_accounts.sql.");
        using var reader = new StreamReader(text);
        return new SqlFile(int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
