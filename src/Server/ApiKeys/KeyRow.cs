namespace Lastro.Server.ApiKeys;

/// <summary>What is shown of a row of api_keys.</summary>
internal sealed record KeyRow
{
    public const string Columns = """
        id, account_id AS AccountId, label, kind, prefix, scopes, allowed_ips AS AllowedIps, created_at AS CreatedAt, expires_at AS ExpiresAt,
        last_used_at AS LastUsedAt, last_used_ip AS LastUsedIp
        """;

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string Label { get; init; }

    public required string Kind { get; init; }

    public required string Prefix { get; init; }

    public required string[] Scopes { get; init; }

    public required string[] AllowedIps { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    public DateTime? LastUsedAt { get; init; }

    public string? LastUsedIp { get; init; }

    public ApiKeyView Shown() => new(Id)
    {
        Label = Label,
        AccountId = AccountId,
        Kind = Kind,
        Prefix = Prefix,
        Scopes = Scopes,
        AllowedIps = AllowedIps,
        CreatedAt = new DateTimeOffset(CreatedAt, TimeSpan.Zero),
        ExpiresAt = Utc(ExpiresAt),
        LastUsedAt = Utc(LastUsedAt),
        LastUsedIp = LastUsedIp,
    };

    private static DateTimeOffset? Utc(DateTime? time) => time is { } known ? new DateTimeOffset(known, TimeSpan.Zero) : null;
}
