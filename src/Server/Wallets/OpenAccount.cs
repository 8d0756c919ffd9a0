using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>Opens one more paper account for the caller, with the configured virtual money. At most 20 per user.</summary>
internal sealed class OpenAccount(NpgsqlDataSource database, OpenPaperAccount opening, TimeProvider clock, JsonSerializerOptions json)
{
    /// <summary>The body of POST /accounts.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        /// <summary>1 to 80 visible characters.</summary>
        public string? Name { get; init; }

        /// <summary>paper.</summary>
        public string? Kind { get; init; }
    }

    public static async Task<Results<Created<ListAccounts.Item>, ProblemHttpResult>> Route(Request body, OpenAccount verb, HttpContext context)
    {
        var key = context.Request.Headers[WalletRequest.Header].FirstOrDefault();
        var (account, refused) = await verb.Handle(body, key, UserId.Of(context.User), context.RequestAborted);
        return account is null ? Problems.Result(refused!) : TypedResults.Created($"/api/v1/accounts/{account.Id}", account);
    }

    public async Task<(ListAccounts.Item? Account, Refused? Refused)> Handle(Request body, string? key, UserId user, CancellationToken cancellation)
    {
        var (name, wrong) = AccountName.Read(body.Name);
        if (name is null) return (null, wrong);
        if (body.Kind != "paper") return (null, new Refused(ErrorCode.InvalidField, "kind", body.Kind, "paper"));
        var (request, bad) = WalletRequest.Of(user.Value, key, $"open|paper|{name}");
        if (request is null) return (null, bad);
        try
        {
            return await database.InTransaction((connection, _) => Open(connection, request, user, name, cancellation), cancellation);
        }
        catch (PostgresException error) when (OpenPaperAccount.IsOneTooMany(error))
        {
            return (null, new Refused(ErrorCode.InvalidField, "accounts", $"{OpenPaperAccount.Most + 1}", $"{OpenPaperAccount.Most}", "The user has as many paper accounts as allowed."));
        }
    }

    private async Task<(ListAccounts.Item?, Refused?)> Open(
        NpgsqlConnection connection, WalletRequest request, UserId user, string name, CancellationToken cancellation)
    {
        // The lock that the table's own limit takes: one new account of a user after the other, also those with the same key.
        await connection.ExecuteAsync(new CommandDefinition(
            "SELECT pg_advisory_xact_lock(hashtextextended('accounts:' || @user, 0))", new { user = user.Value.ToString() }, cancellationToken: cancellation));
        var (known, mismatch) = await request.Find(connection, cancellation);
        if (mismatch is not null) return (null, mismatch);
        if (known is not null) return (JsonSerializer.Deserialize<ListAccounts.Item>(known, json), null);
        var id = await opening.Open(connection, user, name, cancellation);
        var account = await ListAccounts.One(connection, user, id, cancellation);
        await request.Keep(connection, JsonSerializer.Serialize(account, json), clock.GetUtcNow(), cancellation);
        return (account, null);
    }
}
