using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace Lastro.Server.ApiKeys;

/// <summary>A key as its owner sees it ever after.</summary>
/// <param name="Id">UUID.</param>
internal record ApiKeyView(Guid Id)
{
    /// <summary>For people.</summary>
    public required string Label { get; init; }

    /// <summary>The paper account it is bound to.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>How it signs: "hmac" is HMAC-SHA256.</summary>
    [AllowedValues("hmac", "ed25519")]
    public required string Kind { get; init; }

    /// <summary>The key's first letters.</summary>
    public required string Prefix { get; init; }

    /// <summary>"read", "trade" or both.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Networks in CIDR notation; empty for every address.</summary>
    public required IReadOnlyList<string> AllowedIps { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for never. A key that has expired stays in the list until it is revoked.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null before its first use; up to two seconds late.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The address of the last use.</summary>
    public required string? LastUsedIp { get; init; }
}

/// <summary>A key when it is made, and only then.</summary>
internal sealed record NewApiKey : ApiKeyView
{
    [SetsRequiredMembers]
    public NewApiKey(ApiKeyView view, string key, string? secret)
        : base(view) => (Key, Secret) = (key, secret);

    /// <summary>64 letters and digits; goes in the header X-MBX-APIKEY.</summary>
    public string Key { get; }

    /// <summary>64 letters and digits, shown only now; null for an Ed25519 key, whose private half never came here.</summary>
    public string? Secret { get; }

    public override string ToString() => "***";
}
