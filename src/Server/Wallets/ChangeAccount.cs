using System.Globalization;
using System.Text.Json.Serialization;
using Dapper;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>Changes an account's name or how its orders are filled. What the body does not name stays.</summary>
internal sealed class ChangeAccount(NpgsqlDataSource database)
{
    private const int LongestLatency = 5_000;
    private const int WidestSlippage = 500;
    private static readonly string[] FillModels = ["default", "touch", "through", "queue", "book"];

    /// <summary>The body of PATCH /accounts/{id}.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        /// <summary>1 to 80 visible characters.</summary>
        public string? Name { get; init; }

        /// <summary>default, touch, through, queue or book.</summary>
        public string? FillModel { get; init; }

        /// <summary>Milliseconds, 0 to 5000.</summary>
        public int? LatencyMs { get; init; }

        /// <summary>Basis points, 0 to 500; null: the server's again.</summary>
        public int? SlippageBps
        {
            get;
            init
            {
                field = value;
                SlippageNamed = true;
            }
        }

        [JsonIgnore]
        public bool SlippageNamed { get; private init; }
    }

    public static async Task<Results<Ok<ListAccounts.Item>, ProblemHttpResult>> Route(string id, Request body, ChangeAccount verb, HttpContext context)
    {
        if (!Guid.TryParse(id, out var account)) return Problems.Result(new Refused(ErrorCode.NotFound));
        var (item, refused) = await verb.Handle(body, UserId.Of(context.User), account, context.RequestAborted);
        return item is null ? Problems.Result(refused!) : TypedResults.Ok(item);
    }

    public async Task<(ListAccounts.Item? Account, Refused? Refused)> Handle(Request body, UserId user, Guid account, CancellationToken cancellation)
    {
        var (name, wrong) = body.Name is null ? (null, null) : AccountName.Read(body.Name);
        if ((wrong ?? Check(body)) is { } refused) return (null, refused);
        const string sql = """
            UPDATE accounts SET name = coalesce(@name, name), fill_model = coalesce(@FillModel, fill_model), latency_ms = coalesce(@LatencyMs, latency_ms),
                slippage_bps = CASE WHEN @SlippageNamed THEN @SlippageBps ELSE slippage_bps END
            WHERE id = @account AND user_id = @User AND kind = 'paper'
            """;
        var parameters = new { name, body.FillModel, body.LatencyMs, body.SlippageNamed, body.SlippageBps, account, User = user.Value };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var changed = await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        return changed == 1 && await ListAccounts.One(connection, user, account, cancellation) is { } item ? (item, null) : (null, new Refused(ErrorCode.NotFound));
    }

    private static Refused? Check(Request body)
    {
        if (body.FillModel is { } model && !FillModels.Contains(model, StringComparer.Ordinal))
            return new Refused(ErrorCode.InvalidField, "fillModel", model, string.Join(", ", FillModels));
        if (body.LatencyMs is < 0 or > LongestLatency) return OutOf("latencyMs", body.LatencyMs.Value, LongestLatency);
        return body.SlippageBps is < 0 or > WidestSlippage ? OutOf("slippageBps", body.SlippageBps.Value, WidestSlippage) : null;
    }

    private static Refused OutOf(string field, int value, int limit) =>
        new(ErrorCode.InvalidField, field, value.ToString(CultureInfo.InvariantCulture), $"0..{limit}");
}
