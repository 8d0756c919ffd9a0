using System.Globalization;
using System.Net;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.ApiKeys;

/// <summary>What a new key shall be, checked.</summary>
internal sealed record KeyTerms
{
    private const int LongestLabel = 80;
    private const int MostIps = 30;
    private static readonly string[] _scopes = ["read", "trade"];

    public required string Label { get; init; }

    public required Guid Account { get; init; }

    public required string[] Scopes { get; init; }

    /// <summary>Networks in CIDR notation; empty for every address.</summary>
    public required string[] AllowedIps { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null for an HMAC key.</summary>
    public required byte[]? PublicKey { get; init; }

    public static KeyScopes ScopesOf(string[] words) =>
        words.Aggregate(KeyScopes.None, (all, word) => all | (word switch { "read" => KeyScopes.Read, "trade" => KeyScopes.Trade, _ => KeyScopes.None }));

    public static (KeyTerms? Terms, Refused? Refused) Read(CreateApiKey.Request body, DateTimeOffset now)
    {
        if (body.Label?.Trim() is not { Length: >= 1 and <= LongestLabel } label || label.Any(char.IsControl))
            return Wrong("label", body.Label, $"1..{LongestLabel}", "The label must have 1 to 80 visible characters.");
        if (body.AccountId is not { } account) return Wrong("accountId", null, "a paper account's id", null);
        var scopes = (body.Scopes ?? []).Distinct(StringComparer.Ordinal).ToArray();
        if (scopes.Length == 0 || scopes.Except(_scopes, StringComparer.Ordinal).Any())
            return Wrong("scopes", string.Join(' ', scopes), "read, trade", "At least one of read and trade.");
        if (body.ExpiresAt <= now.AddSeconds(1)) return Wrong("expiresAt", null, now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), "The key must expire in the future.");
        var (networks, notOne) = Networks(body.AllowedIps ?? []);
        if (networks is null) return Wrong("allowedIps", notOne, $"at most {MostIps} addresses or networks such as 10.0.0.0/8", null);
        if (body.Kind is not (null or "hmac" or "ed25519")) return Wrong("kind", body.Kind, "hmac, ed25519", null);
        if (body.Kind != "ed25519" && body.PublicKey is not null) return Wrong("publicKey", null, "none", "Only an Ed25519 key has a public key of its own.");
        var (key, wrong) = body.Kind == "ed25519" ? PublicKeyText.Read(body.PublicKey) : (null, null);
        if (wrong is not null) return Wrong("publicKey", null, "PEM, or 32 bytes in base64", wrong);
        return (new KeyTerms { Label = label, Account = account, Scopes = scopes, AllowedIps = networks, MadeAt = now, ExpiresAt = body.ExpiresAt, PublicKey = key }, null);
    }

    /// <summary>Each as a network in one spelling, none twice. With more than allowed, the first that is too many is at fault.</summary>
    private static (string[]? Networks, string? Wrong) Networks(IReadOnlyList<string?> texts)
    {
        var networks = new List<string>();
        foreach (var text in texts)
        {
            if (networks.Count >= MostIps || text is null || Network(text.Trim()) is not { } network) return (null, text);
            if (!networks.Contains(network, StringComparer.Ordinal)) networks.Add(network);
        }

        return ([.. networks], null);
    }

    private static string? Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        // The framework also takes 10.1 and 0x7f000001, which nobody means.
        if (address.Length > 45 || address.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(address, out var parsed) || (!address.Contains(':', StringComparison.Ordinal) && address.Count(letter => letter == '.') != 3)) return null;
        var full = parsed.GetAddressBytes().Length * 8;
        var length = full;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > full)) return null;
        if (parsed.IsIPv4MappedToIPv6)
        {
            if (length < 96) return null;
            (parsed, length) = (parsed.MapToIPv4(), length - 96);
        }

        return new IPNetwork(Masked(parsed, length), length).ToString();
    }

    /// <summary>The network an address lies in: people write 192.168.1.7/24 and mean the network.</summary>
    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)(0xff ^ (0x80 >> (bit % 8)));
        return new IPAddress(bytes);
    }

    private static (KeyTerms?, Refused?) Wrong(string field, string? value, string limit, string? detail) =>
        (null, new Refused(ErrorCode.InvalidField, field, value, limit, detail));
}
