using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Core.Markets;
using Lastro.Server.Platform.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>Shows what rules say about the latest closed candles of a pair.</summary>
internal static class PreviewStrategy
{
    private const int Most = 500;

    /// <summary>The body of POST /strategies/preview.</summary>
    /// <param name="Document">As in a strategy file.</param>
    /// <param name="Symbol">The pair.</param>
    /// <param name="Limit">1 to 500 candles; 500 unless told.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(JsonElement Document, string Symbol, int? Limit = null);

    public static async Task<Results<Ok<RulePreview>, ProblemHttpResult>> Route(Request body, RuleDesk rules, HttpContext context)
    {
        if (body.Limit is < 1 or > Most) return Problems.Result(new Refused(ErrorCode.InvalidField, "limit", $"{body.Limit}", $"1..{Most}"));
        if (!Symbol.TryParse(body.Symbol, out var symbol) || !rules.Knows(symbol)) return Problems.Result(new Refused(ErrorCode.UnknownSymbol, "symbol", body.Symbol));
        var (preview, refused) = await rules.Preview(body.Document, symbol, body.Limit ?? Most, context.RequestAborted);
        return preview is null ? Problems.Result(refused!, context.Response) : TypedResults.Ok(preview);
    }
}
