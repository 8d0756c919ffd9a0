using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>The caller's downloads, newest first, or one of them.</summary>
internal sealed class ListDownloads(LabStore store)
{
    public static async Task<Results<Ok<Paged<DownloadView>>, ProblemHttpResult>> Route([AsParameters] JobsPage page, ListDownloads verb, HttpContext context) =>
        page.Wrong() is { } wrong ? Problems.Result(wrong) : TypedResults.Ok(await verb.Handle(UserId.Of(context.User), page, context.RequestAborted));

    public static async Task<Results<Ok<DownloadView>, ProblemHttpResult>> OneRoute(Guid id, ListDownloads verb, HttpContext context) =>
        await verb.One(UserId.Of(context.User), id, context.RequestAborted) is { } view ? TypedResults.Ok(view) : Problems.Result(new Refused(ErrorCode.NotFound));

    public async Task<Paged<DownloadView>> Handle(UserId user, JobsPage page, CancellationToken cancellation) =>
        page.Of(await store.List(user, LabKinds.Download, page.Before, page.Count + 1, cancellation), found => found.Row.Download(found.Position));

    /// <summary>Null when the caller has none with this id.</summary>
    public async Task<DownloadView?> One(UserId user, Guid id, CancellationToken cancellation) =>
        await store.Find(user, LabKinds.Download, id, cancellation) is { } found ? found.Row.Download(found.Position) : null;
}
