using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>Checks a document and says what its rules mean. An error is an answer, not a refusal.</summary>
internal static class CheckStrategy
{
    /// <summary>The body of POST /strategies/check.</summary>
    /// <param name="Document">As in a strategy file.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(JsonElement Document);

    /// <param name="body">The document.</param>
    /// <param name="language">en, pt, ru or es; en unless told.</param>
    public static Ok<RuleCheck> Route(Request body, string? language) => TypedResults.Ok(RuleDesk.Check(body.Document, language));
}
