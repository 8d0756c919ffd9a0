using System.Globalization;

namespace Lastro.Server.Platform.Http;

/// <summary>A page of a list, as every list of the API is given.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">Send it as <c>cursor</c> to go on; null at the end.</param>
internal sealed record Paged<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>A page of rows that were asked for with one more than the limit; the cursor is the last row's number.</summary>
    public static Paged<T> Of(IReadOnlyList<T> rows, int limit, Func<T, long> number) => rows.Count <= limit
        ? new Paged<T>(rows, null)
        : new Paged<T>([.. rows.Take(limit)], number(rows[limit - 1]).ToString(CultureInfo.InvariantCulture));
}
