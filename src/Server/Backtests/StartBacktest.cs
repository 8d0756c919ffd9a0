using System.Text.Json.Serialization;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>Queues a backtest. Its rules, its span and its costs are fixed here; the candles are those there are when it runs.</summary>
internal sealed class StartBacktest(LabForm form, LabEntry entry)
{
    /// <summary>The body of POST /backtests.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request : LabRequest;

    public static async Task<Results<Created<BacktestView>, ProblemHttpResult>> Route(Request body, StartBacktest verb, HttpContext context)
    {
        var (request, wrong) = KeyedRequest.Of(context, LabKinds.Backtest, body, LabJson.Options);
        if (request is null) return Problems.Result(wrong!);
        var (view, refused) = await verb.Handle(body, request, context.RequestAborted);
        return view is null ? Problems.Result(refused!, context.Response) : TypedResults.Created($"/api/v1/backtests/{view.Id}", view);
    }

    public async Task<(BacktestView? View, Refused? Refused)> Handle(Request body, KeyedRequest request, CancellationToken cancellation)
    {
        var (known, mismatch) = await entry.Known<BacktestView>(request, cancellation);
        if (known is not null || mismatch is not null) return (known, mismatch);
        var (terms, refused) = await form.Read(body, request.User, cancellation);
        return terms is null ? (null, refused) : await entry.Enter(request, LabKinds.Backtest, terms, row => row.Backtest(null), cancellation);
    }
}
