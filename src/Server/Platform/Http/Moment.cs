using System.Globalization;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.Platform.Http;

/// <summary>A moment in a query.</summary>
internal static class Moment
{
    /// <summary>ISO 8601 with a zone, UTC where none is said; null when absent.</summary>
    public static (DateTimeOffset? Time, Refused? Refused) Read(string field, string? text)
    {
        if (text is null) return (null, null);
        // The framework would also take 1/2/2026, which means two days.
        return text.Length >= 10 && text[4] == '-' && text[7] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? (time, null)
            : (null, new Refused(ErrorCode.InvalidField, field, text, "ISO 8601, such as 2026-01-31T12:00:00Z"));
    }
}
