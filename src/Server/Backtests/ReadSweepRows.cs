using System.Globalization;
using System.Text.Json;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>The combinations of a sweep of the caller that are counted so far, best first.</summary>
internal sealed class ReadSweepRows(LabStore store)
{
    private const int Usual = 500;
    private const int Most = 5_000;

    /// <param name="id">The sweep's.</param>
    /// <param name="rank">Another metric than the sweep's own.</param>
    /// <param name="limit">1 to 5000, default 500.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="verb">Of the container.</param>
    /// <param name="context">Of the request.</param>
    public static async Task<Results<Ok<Paged<SweepRow>>, ProblemHttpResult>> Route(Guid id, string? rank, int? limit, string? cursor, ReadSweepRows verb, HttpContext context)
    {
        if (limit is < 1 or > Most) return Problems.Result(new Refused(ErrorCode.InvalidField, "limit", $"{limit}", $"1..{Most}"));
        var skip = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip)) return Problems.Result(new Refused(ErrorCode.InvalidField, "cursor", cursor));
        if (rank is not null && LabEngine.BadRank(rank) is { } bad) return Problems.Result(bad);
        return await verb.Handle((UserId.Of(context.User), id), rank, skip, limit ?? Usual, context.RequestAborted) is { } page
            ? TypedResults.Ok(page)
            : Problems.Result(new Refused(ErrorCode.NotFound));
    }

    public async Task<Paged<SweepRow>?> Handle((UserId User, Guid Id) of, string? rank, int skip, int limit, CancellationToken cancellation)
    {
        if (await store.Find(of.User, LabKinds.Sweep, of.Id, cancellation) is not { } found) return null;
        var terms = JsonSerializer.Deserialize<LabTerms>(found.Row.Request, LabJson.Options)!;
        var rows = SweepRows.Ranked(SweepRows.Open((await store.Chunks(of.Id, cancellation)).Select(chunk => chunk.Rows)), rank ?? terms.Sweep!.Rank);
        var page = rows.Skip(skip).Take(limit).ToList();
        return new Paged<SweepRow>(page, skip + page.Count < rows.Count ? (skip + page.Count).ToString(CultureInfo.InvariantCulture) : null);
    }
}

/// <summary>Rows of a sweep as they are kept and ranked.</summary>
internal static class SweepRows
{
    public static byte[] Close(IReadOnlyList<SweepRow> rows) => Packed.Close(JsonSerializer.SerializeToUtf8Bytes(rows, LabJson.Options));

    public static IEnumerable<SweepRow> Open(IEnumerable<byte[]> chunks) =>
        chunks.SelectMany(chunk => JsonSerializer.Deserialize<List<SweepRow>>(Packed.Open(chunk), LabJson.Options)!);

    /// <summary>Best first; what could not be computed stands last, equals in the order of their numbers.</summary>
    public static IReadOnlyList<SweepRow> Ranked(IEnumerable<SweepRow> rows, string rank)
    {
        var sign = LabEngine.LessIsBetter(rank) ? 1.0 : -1.0;
        return [.. rows.OrderBy(row => row.Metrics.GetValueOrDefault(rank) is { } value ? sign * value : double.PositiveInfinity).ThenBy(row => row.Index)];
    }
}
