using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>The caller's sweeps, newest first, or one of them.</summary>
internal sealed class ListSweeps(LabStore store)
{
    public static async Task<Results<Ok<Paged<SweepView>>, ProblemHttpResult>> Route([AsParameters] JobsPage page, ListSweeps verb, HttpContext context) =>
        page.Wrong() is { } wrong ? Problems.Result(wrong) : TypedResults.Ok(await verb.Handle(UserId.Of(context.User), page, context.RequestAborted));

    public static async Task<Results<Ok<SweepView>, ProblemHttpResult>> OneRoute(Guid id, ListSweeps verb, HttpContext context) =>
        await verb.One(UserId.Of(context.User), id, context.RequestAborted) is { } view ? TypedResults.Ok(view) : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<Paged<SweepView>> Handle(UserId user, JobsPage page, CancellationToken cancellation) =>
        page.Of(await store.List(user, LabKinds.Sweep, page.Before, page.Count + 1, cancellation), found => found.Row.Sweep(found.Position));

    /// <summary>Null when the caller has none with this id.</summary>
    public async Task<SweepView?> One(UserId user, Guid id, CancellationToken cancellation) =>
        await store.Find(user, LabKinds.Sweep, id, cancellation) is { } found ? found.Row.Sweep(found.Position) : null;
}
