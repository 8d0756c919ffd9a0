using System.Text.Json;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Strategies;

/// <summary>What differs between two versions of a strategy, field by field. Unless told: the newest against the one before.</summary>
internal sealed class CompareVersions(ShowStrategy strategies)
{
    /// <param name="From">The version compared.</param>
    /// <param name="To">The version compared with it.</param>
    /// <param name="Changes">In the order of the fields; empty for equal documents.</param>
    public sealed record Response(int From, int To, IReadOnlyList<Change> Changes);

    /// <param name="Field">"enter", "inputs.length", "define.r".</param>
    /// <param name="From">Its value before, as written; null where it was not there.</param>
    /// <param name="To">Its value after.</param>
    public sealed record Change(string Field, string? From, string? To);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Route(string id, int? from, int? to, CompareVersions verb, HttpContext context) =>
        await verb.Handle(UserId.Of(context.User), id, (from, to), context.RequestAborted) is { } answer
            ? TypedResults.Ok(answer)
            : Problems.Result(new Refused(ErrorCode.NotFound));

    /// <summary>Null when one of the versions is not there.</summary>
    public async Task<Response?> Handle(UserId user, string id, (int? From, int? To) versions, CancellationToken cancellation)
    {
        if (await strategies.Handle(user, id, (versions.To, null), cancellation) is not { } after) return null;
        var from = versions.From ?? Math.Max(1, after.Version - 1);
        if (await strategies.Handle(user, id, (from, null), cancellation) is not { } before) return null;
        return new Response(from, after.Version, Differences(before.Document, after.Document));
    }

    private static List<Change> Differences(JsonElement before, JsonElement after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return [.. old.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Select(field => new Change(field, old.GetValueOrDefault(field), now.GetValueOrDefault(field)))
            .Where(change => change.From != change.To)];
    }

    /// <summary>Every value by its path, as text; null is no value.</summary>
    private static Dictionary<string, string> Flat(JsonElement document)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("", document);
        return found;

        void Add(string path, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in value.EnumerateObject()) Add(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value);
            }
            else if (value.ValueKind != JsonValueKind.Null)
            {
                found[path] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            }
        }
    }
}
