using System.Text.Json;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>What a finished backtest of the caller made: the report as the command line writes it, its trades and its equity as CSV.</summary>
internal sealed class ReadReport(LabStore store)
{
    private const string Csv = "text/csv; charset=utf-8";

    public static async Task<Results<Ok<JsonElement>, FileContentHttpResult, ProblemHttpResult>> Route(Guid id, ReadReport verb, HttpContext context)
    {
        var (report, refused) = await verb.Handle(UserId.Of(context.User), id, equity: false, context.RequestAborted);
        return report is null ? Problems.Result(refused!) : TypedResults.File(Packed.Open(report), "application/json");
    }

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> TradesRoute(Guid id, ReadReport verb, HttpContext context)
    {
        var (report, refused) = await verb.Handle(UserId.Of(context.User), id, equity: false, context.RequestAborted);
        return report is null ? Problems.Result(refused!) : TypedResults.File(TradesCsv.Of(Packed.Open(report)), Csv, $"trades-{id}.csv");
    }

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> EquityRoute(Guid id, ReadReport verb, HttpContext context)
    {
        var (equity, refused) = await verb.Handle(UserId.Of(context.User), id, equity: true, context.RequestAborted);
        return equity is null ? Problems.Result(refused!) : TypedResults.File(Packed.Open(equity), Csv, $"equity-{id}.csv");
    }

    /// <summary>Compressed; a run that has not ended is in progress, one that failed or was cancelled has none.</summary>
    public async Task<(byte[]? Made, Refused? Refused)> Handle(UserId user, Guid id, bool equity, CancellationToken cancellation)
    {
        if (await store.Report(user, id, equity, cancellation) is { } made) return (made, null);
        return await store.Find(user, LabKinds.Backtest, id, cancellation) is { Row.Status: "queued" or "running" }
            ? (null, new Refused(ErrorCode.InProgress, Detail: "The backtest has not ended yet."))
            : (null, new Refused(ErrorCode.NotFound));
    }
}
