using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Strategies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>Says why the rules of a backtest of the caller held or did not at one candle.</summary>
internal sealed class ExplainBacktest(LabStore store, StrategyShelf shelf)
{
    /// <summary>The body of POST /backtests/{id}/explain.</summary>
    /// <param name="OpenTime">Of the candle.</param>
    /// <param name="Symbol">The first pair of the run unless told.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(DateTimeOffset OpenTime, string? Symbol = null);

    public static async Task<Results<Ok<RuleReasons>, ProblemHttpResult>> Route(Guid id, Request body, ExplainBacktest verb, HttpContext context)
    {
        var (reasons, refused) = await verb.Handle(UserId.Of(context.User), id, body, context.RequestAborted);
        return reasons is null ? Problems.Result(refused!, context.Response) : TypedResults.Ok(reasons);
    }

    public async Task<(RuleReasons? Reasons, Refused? Refused)> Handle(UserId user, Guid id, Request body, CancellationToken cancellation)
    {
        if (await store.Find(user, LabKinds.Backtest, id, cancellation) is not { } found) return (null, new Refused(ErrorCode.NotFound));
        var terms = JsonSerializer.Deserialize<LabTerms>(found.Row.Request, LabJson.Options)!;
        var symbol = body.Symbol ?? terms.Symbols[0];
        return terms.Symbols.Contains(symbol, StringComparer.Ordinal)
            ? await shelf.Explain(terms.Document, new Symbol(symbol), body.OpenTime, terms.FromMs, cancellation)
            : (null, new Refused(ErrorCode.UnknownSymbol, "symbol", symbol));
    }
}
