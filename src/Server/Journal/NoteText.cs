using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Journaling;

/// <summary>What a note may say, cleaned: trimmed, tags once each whatever their case.</summary>
internal sealed record NoteText(string Text, string[] Tags, string? Emotion)
{
    private const int LongestText = 4_000;
    private const int MostTags = 10;
    private const int LongestTag = 32;
    private static readonly string[] Emotions = ["calm", "confident", "excited", "greedy", "impatient", "anxious", "regretful"];

    /// <summary>What a search looks through, in capitals; each tag stands between two U+001F, which the text does not have.</summary>
    public string Folded(string symbol) => Fold($"{Text.Replace('\u001f', ' ')}\n{symbol}\n\u001f{string.Join('\u001f', Tags)}\u001f");

    /// <summary>The same for two texts that differ in case only.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();

    public static (NoteText? Note, Refused? Refused) Read(PutNote.Request body)
    {
        var text = (body.Text ?? "").Trim();
        if (text.Length > LongestText || text.Contains('\0', StringComparison.Ordinal)) return Wrong("text", null, $"at most {LongestText} characters");
        var tags = (body.Tags ?? []).Select(tag => (tag ?? "").Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (tags.Length > MostTags) return Wrong("tags", $"{tags.Length}", $"at most {MostTags}");
        if (tags.FirstOrDefault(tag => tag.Length > LongestTag || tag.Any(char.IsControl)) is { } tag) return Wrong("tags", tag, $"1..{LongestTag} visible characters");
        if (body.Emotion is not null && !Emotions.Contains(body.Emotion, StringComparer.Ordinal)) return Wrong("emotion", body.Emotion, string.Join(", ", Emotions));
        return text.Length == 0 && tags.Length == 0 && body.Emotion is null
            ? Wrong("text", "", "a text, a tag or an emotion")
            : (new NoteText(text, tags, body.Emotion), null);
    }

    private static (NoteText?, Refused?) Wrong(string field, string? value, string limit) => (null, new Refused(ErrorCode.InvalidField, field, value, limit));
}
