using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Strategies;

/// <summary>Keeps a new strategy of the caller. Only rules without an error are kept.</summary>
internal sealed class SaveStrategy(NpgsqlDataSource database, IOptions<StrategiesOptions> options, TimeProvider clock, JsonSerializerOptions json)
{
    /// <summary>The body of POST /strategies.</summary>
    /// <param name="Document">As in a strategy file.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(JsonElement Document);

    public static async Task<Results<Created<StrategyView>, ProblemHttpResult>> Route(Request body, SaveStrategy verb, HttpContext context)
    {
        var (request, wrong) = KeyedRequest.Of(context, "strategy", body, verb.Json);
        if (request is null) return Problems.Result(wrong!);
        var (made, refused) = await verb.Handle(body, request, context.RequestAborted);
        return made is null ? Problems.Result(refused!) : TypedResults.Created($"/api/v1/strategies/{made.Id}", made);
    }

    private JsonSerializerOptions Json => json;

    public async Task<(StrategyView? Made, Refused? Refused)> Handle(Request body, KeyedRequest request, CancellationToken cancellation)
    {
        var (rules, refused) = RuleDesk.Read(body.Document);
        if (rules is null) return (null, refused);
        return await database.InTransaction((connection, _) => Write(connection, rules, request, cancellation), cancellation);
    }

    private async Task<(StrategyView?, Refused?)> Write(NpgsqlConnection connection, GoodRules rules, KeyedRequest request, CancellationToken cancellation)
    {
        await request.Lock(connection, cancellation);
        var (known, mismatch) = await request.Find<StrategyView>(connection, json, cancellation);
        if (known is not null || mismatch is not null) return (known, mismatch);
        var (user, now, most) = (request.User.Value, clock.GetUtcNow(), options.Value.PerUser);
        var kept = await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT count(*) FROM strategies WHERE user_id = @user", new { user }, cancellationToken: cancellation));
        if (kept >= most) return (null, StrategyStore.TooMany("strategies", kept + 1, most, "The user keeps as many strategies as allowed: delete one first."));
        if (await StrategyStore.NoRoom(connection, request.User, rules.Text, options.Value, cancellation) is { } full) return (null, full);
        const string sql = """
            INSERT INTO strategies (id, user_id, name, version, created_at, updated_at) VALUES (@Id, @user, @Name, 1, @At, @At);
            INSERT INTO strategy_versions (strategy_id, version, document, created_at) VALUES (@Id, 1, @Text, @At);
            """;
        var row = new StrategyRow { Id = Guid.CreateVersion7(now), Newest = 1, Version = 1, Document = rules.Text, CreatedAt = now.UtcDateTime, UpdatedAt = now.UtcDateTime };
        await connection.ExecuteAsync(new CommandDefinition(sql, new { row.Id, user, rules.Name, rules.Text, At = row.CreatedAt }, cancellationToken: cancellation));
        var view = row.Shown();
        await request.Keep(connection, view, now, json, cancellation);
        return (view, null);
    }
}
