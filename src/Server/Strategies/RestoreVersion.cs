using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Strategies;

/// <summary>Makes an earlier version's document the newest version. What stands at the top already is left as it is.</summary>
internal sealed class RestoreVersion(NpgsqlDataSource database, IOptions<StrategiesOptions> options, TimeProvider clock)
{
    /// <summary>The body of POST /strategies/{id}/restore.</summary>
    /// <param name="Version">Whose document to take over.</param>
    /// <param name="BaseVersion">The newest the caller knows of; null: whatever is there.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(int Version, int? BaseVersion = null);

    public static async Task<Results<Ok<StrategyView>, ProblemHttpResult>> Route(string id, Request body, RestoreVersion verb, HttpContext context)
    {
        if (BuiltInShelf.Find(id) is not null) return Problems.Result(BuiltInShelf.Fixed);
        if (!Guid.TryParse(id, out var own)) return Problems.Result(new Refused(ErrorCode.NotFound));
        var (view, refused) = await verb.Handle(UserId.Of(context.User), own, body, context.RequestAborted);
        return view is null ? Problems.Result(refused!) : TypedResults.Ok(view);
    }

    public Task<(StrategyView? Strategy, Refused? Refused)> Handle(UserId user, Guid id, Request body, CancellationToken cancellation) =>
        database.InTransaction<(StrategyView?, Refused?)>(async (connection, _) =>
        {
            if (await StrategyStore.Row(connection, (user, id, null), lockIt: true, cancellation) is not { } newest) return (null, new Refused(ErrorCode.NotFound));
            if (await StrategyStore.Row(connection, (user, id, body.Version), lockIt: false, cancellation) is not { } old) return (null, new Refused(ErrorCode.NotFound, "version", $"{body.Version}"));
            // The end is what counts: a retry finds it reached.
            if (newest.Document == old.Document) return (newest.Shown(), null);
            if (body.BaseVersion is { } wanted && wanted != newest.Version) return (null, ChangeStrategy.Conflict(newest.Version, wanted));
            if (ChangeStrategy.Full(newest, options.Value) is { } full) return (null, full);
            if (await StrategyStore.NoRoom(connection, user, old.Document, options.Value, cancellation) is { } noRoom) return (null, noRoom);
            var next = new NewVersion(RuleDesk.NameOf(JsonElement.Parse(old.Document)), old.Document, old.Version, clock.GetUtcNow());
            return ((await StrategyStore.AddVersion(connection, (user, newest), next, cancellation)).Shown(), null);
        }, cancellation);
}
