using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>Says why rules hold or do not at one closed candle: every part with its value.</summary>
internal static class ExplainStrategy
{
    /// <summary>The body of POST /strategies/explain.</summary>
    /// <param name="Document">As in a strategy file.</param>
    /// <param name="Symbol">The pair.</param>
    /// <param name="OpenTime">Of the candle, in the document's timeframe.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(JsonElement Document, string Symbol, DateTimeOffset OpenTime);

    public static async Task<Results<Ok<RuleReasons>, ProblemHttpResult>> Route(Request body, RuleDesk rules, HttpContext context)
    {
        if (!Symbol.TryParse(body.Symbol, out var symbol) || !rules.Knows(symbol)) return Problems.Result(new Refused(ErrorCode.UnknownSymbol, "symbol", body.Symbol));
        var (reasons, refused) = await rules.Explain(body.Document, symbol, body.OpenTime, null, context.RequestAborted);
        return reasons is null ? Problems.Result(refused!, context.Response) : TypedResults.Ok(reasons);
    }
}
