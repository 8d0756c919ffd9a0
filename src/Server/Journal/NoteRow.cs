using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Lastro.Server.Journaling;

/// <summary>A note as the API shows it.</summary>
internal sealed record NoteView
{
    public required string OrderId { get; init; }

    public required string Text { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    [AllowedValues("calm", "confident", "excited", "greedy", "impatient", "anxious", "regretful", null)]
    public required string? Emotion { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A note as its table has it.</summary>
internal sealed record NoteRow
{
    /// <summary>For SELECT and RETURNING, named after the properties below.</summary>
    public const string Columns = "order_id AS OrderId, text AS Text, tags AS Tags, emotion AS Emotion, created_at AS CreatedAt, updated_at AS UpdatedAt";

    public long OrderId { get; init; }

    public string Text { get; init; } = "";

    public string[] Tags { get; init; } = [];

    public string? Emotion { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public NoteView Shown() => new()
    {
        OrderId = OrderId.ToString(CultureInfo.InvariantCulture),
        Text = Text,
        Tags = Tags,
        Emotion = Emotion,
        CreatedAt = new DateTimeOffset(CreatedAt, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(UpdatedAt, TimeSpan.Zero),
    };
}
