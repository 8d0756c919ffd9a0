using System.Text.Json;

namespace Lastro.Server.Strategies;

/// <summary>A strategy as the API shows it.</summary>
internal sealed record StrategyView
{
    /// <summary>UUID; of a built-in its name.</summary>
    public required string Id { get; init; }

    /// <summary>The document's; of a built-in in the language asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The newest is the strategy as it stands; 1 is the first.</summary>
    public required int Version { get; init; }

    /// <summary>True for those that come with the server: they can be read, run and copied, not changed.</summary>
    public required bool BuiltIn { get; init; }

    /// <summary>Of a built-in: the idea behind it and where it fails, in the language asked for. Null for the user's own.</summary>
    public required string? Description { get; init; }

    /// <summary>The rules, as in a strategy file.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>Null for a built-in.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When this version was made; null for a built-in.</summary>
    public required DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>A version in a list.</summary>
/// <param name="Version">1 is the first.</param>
/// <param name="Name">The document's.</param>
/// <param name="RestoredFrom">The version whose document it took over; null where it was written.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record VersionItem(int Version, string Name, int? RestoredFrom, DateTimeOffset? CreatedAt);

/// <summary>A strategy with one of its documents, as the tables have it.</summary>
internal sealed record StrategyRow
{
    /// <summary>Of strategies s and strategy_versions v.</summary>
    public const string Columns = "s.id AS Id, s.version AS Newest, v.version AS Version, v.document AS Document, s.created_at AS CreatedAt, v.created_at AS UpdatedAt";

    public Guid Id { get; init; }

    public int Newest { get; init; }

    public int Version { get; init; }

    public string Document { get; init; } = "";

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public StrategyView Shown()
    {
        var document = JsonElement.Parse(Document);
        return new StrategyView
        {
            Id = Id.ToString(),
            Name = RuleDesk.NameOf(document),
            Version = Version,
            BuiltIn = false,
            Description = null,
            Document = document,
            CreatedAt = new DateTimeOffset(CreatedAt, TimeSpan.Zero),
            UpdatedAt = new DateTimeOffset(UpdatedAt, TimeSpan.Zero),
        };
    }
}
