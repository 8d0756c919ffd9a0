using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Strategies;

/// <summary>Makes the next version of a strategy of the caller, from the version they looked at. The same document again makes none.</summary>
internal sealed class ChangeStrategy(NpgsqlDataSource database, IOptions<StrategiesOptions> options, TimeProvider clock)
{
    /// <summary>The body of PUT /strategies/{id}.</summary>
    /// <param name="Document">As in a strategy file.</param>
    /// <param name="BaseVersion">The version it was made from; another one at the top is a conflict.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(JsonElement Document, int BaseVersion);

    public static async Task<Results<Ok<StrategyView>, ProblemHttpResult>> Route(string id, Request body, ChangeStrategy verb, HttpContext context)
    {
        var (view, refused) = await verb.Handle(UserId.Of(context.User), id, body, context.RequestAborted);
        return view is null ? Problems.Result(refused!) : TypedResults.Ok(view);
    }

    public async Task<(StrategyView? Strategy, Refused? Refused)> Handle(UserId user, string id, Request body, CancellationToken cancellation)
    {
        if (BuiltInShelf.Find(id) is not null) return (null, BuiltInShelf.Fixed);
        if (!Guid.TryParse(id, out var own)) return (null, new Refused(ErrorCode.NotFound));
        var (rules, wrong) = RuleDesk.Read(body.Document);
        if (rules is null) return (null, wrong);
        return await database.InTransaction<(StrategyView?, Refused?)>(async (connection, _) =>
        {
            if (await StrategyStore.Row(connection, (user, own, null), lockIt: true, cancellation) is not { } row) return (null, new Refused(ErrorCode.NotFound));
            // A retry whose first answer was lost finds its own work.
            if (row.Document == rules.Text && row.Version - body.BaseVersion is 0 or 1) return (row.Shown(), null);
            if (row.Version != body.BaseVersion) return (null, Conflict(row.Version, body.BaseVersion));
            if (Full(row, options.Value) is { } full) return (null, full);
            if (await StrategyStore.NoRoom(connection, user, rules.Text, options.Value, cancellation) is { } noRoom) return (null, noRoom);
            var next = await StrategyStore.AddVersion(connection, (user, row), new NewVersion(rules.Name, rules.Text, null, clock.GetUtcNow()), cancellation);
            return (next.Shown(), null);
        }, cancellation);
    }

    public static Refused Conflict(int newest, int wanted) => new(
        ErrorCode.VersionConflict, "baseVersion", newest.ToString(CultureInfo.InvariantCulture), wanted.ToString(CultureInfo.InvariantCulture), "The strategy has a newer version than the one this was made from.");

    public static Refused? Full(StrategyRow row, StrategiesOptions options) => row.Newest < options.VersionsPerStrategy
        ? null
        : StrategyStore.TooMany("versions", row.Newest + 1, options.VersionsPerStrategy, "The strategy has as many versions as allowed: save a copy.");
}
