using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>Which page of a list of jobs.</summary>
/// <param name="Limit">1 to 100, default 20.</param>
/// <param name="Cursor">From the page before.</param>
internal sealed record JobsPage(int? Limit, string? Cursor)
{
    private const int Usual = 20;
    private const int Most = 100;

    public int Count => Limit ?? Usual;

    public Guid? Before => Guid.TryParse(Cursor, out var id) ? id : null;

    public Refused? Wrong() => Limit is < 1 or > Most
        ? new Refused(ErrorCode.InvalidField, "limit", $"{Limit}", $"1..{Most}")
        : Cursor is not null && Before is null ? new Refused(ErrorCode.InvalidField, "cursor", Cursor) : null;

    /// <summary>A page of rows that were asked for with one more than the limit.</summary>
    public Paged<T> Of<T>(IReadOnlyList<(LabRow Row, int? Position)> rows, Func<(LabRow Row, int? Position), T> shown) => rows.Count <= Count
        ? new Paged<T>([.. rows.Select(shown)], null)
        : new Paged<T>([.. rows.Take(Count).Select(shown)], rows[Count - 1].Row.Id.ToString());
}

/// <summary>The caller's backtests, newest first, or one of them.</summary>
internal sealed class ListBacktests(LabStore store)
{
    public static async Task<Results<Ok<Paged<BacktestView>>, ProblemHttpResult>> Route([AsParameters] JobsPage page, ListBacktests verb, HttpContext context) =>
        page.Wrong() is { } wrong ? Problems.Result(wrong) : TypedResults.Ok(await verb.Handle(UserId.Of(context.User), page, context.RequestAborted));

    public static async Task<Results<Ok<BacktestView>, ProblemHttpResult>> OneRoute(Guid id, ListBacktests verb, HttpContext context) =>
        await verb.One(UserId.Of(context.User), id, context.RequestAborted) is { } view ? TypedResults.Ok(view) : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<Paged<BacktestView>> Handle(UserId user, JobsPage page, CancellationToken cancellation) =>
        page.Of(await store.List(user, LabKinds.Backtest, page.Before, page.Count + 1, cancellation), found => found.Row.Backtest(found.Position));

    /// <summary>Null when the caller has none with this id.</summary>
    public async Task<BacktestView?> One(UserId user, Guid id, CancellationToken cancellation) =>
        await store.Find(user, LabKinds.Backtest, id, cancellation) is { } found ? found.Row.Backtest(found.Position) : null;
}
