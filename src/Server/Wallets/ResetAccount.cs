using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Lastro.Core;
using Lastro.Core.Ledger;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>
/// Closes a season and opens the next, in one transaction: open orders end, all that is owned goes back, new virtual money comes, the season
/// is archived. Nothing is deleted. The account's row is locked first: an order being placed holds a share of that lock by its foreign key,
/// so it is either in before and canceled here, or comes after and is the new season's.
/// </summary>
internal sealed class ResetAccount(
    NpgsqlDataSource database, AccountOrders orders, Valuation valuation, OutboxPump pump, IOptions<WalletsOptions> options, ResetClock time)
{
    public const decimal Least = 100m;
    public const decimal Most = 1_000_000m;
    private const string Confirmation = "RESET";

    /// <summary>The body of POST /accounts/{id}/reset.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        /// <summary>The word RESET.</summary>
        public string? Confirm { get; init; }

        /// <summary>Virtual money of the new season, 100 to 1,000,000; absent: the server's grant, at least 100.</summary>
        public decimal? Amount { get; init; }
    }

    /// <param name="Account">As it begins the new season.</param>
    /// <param name="Closed">The season that ended.</param>
    /// <param name="Granted">Virtual money of the new season.</param>
    /// <param name="CanceledOrders">Open orders that ended with the season.</param>
    public sealed record Response(ListAccounts.Item Account, SeasonView Closed, decimal Granted, int CanceledOrders);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Route(string id, Request body, ResetAccount verb, HttpContext context)
    {
        if (!Guid.TryParse(id, out var account)) return Problems.Result(new Refused(ErrorCode.NotFound));
        var key = context.Request.Headers[WalletRequest.Header].FirstOrDefault();
        var (answer, refused) = await verb.Handle(body, key, UserId.Of(context.User), account, context.RequestAborted);
        return answer is null ? Problems.Result(refused!) : TypedResults.Ok(answer);
    }

    public async Task<(Response? Answer, Refused? Refused)> Handle(Request body, string? key, UserId user, Guid account, CancellationToken cancellation)
    {
        if (body.Confirm != Confirmation) return (null, new Refused(ErrorCode.InvalidField, "confirm", body.Confirm, Confirmation));
        var amount = body.Amount ?? Math.Max(options.Value.Grant, Least);
        if (body.Amount is < Least or > Most || Exact.Bare(amount).Scale > Valuation.Places)
            return (null, new Refused(ErrorCode.InvalidField, "amount", Decimals.ToPlain(amount), $"{Least}..{Most}, at most {Valuation.Places} decimals"));
        var asked = body.Amount is { } named ? Decimals.ToPlain(named) : "-";
        var (request, bad) = WalletRequest.Of(account, key, $"reset|{asked}");
        if (request is null) return (null, bad);

        // The outcome is told after the commit: what is in memory must not learn of what did not happen.
        var (answer, refused, told) = await database.InTransaction(
            (connection, transaction) => Reset(connection, transaction, new Wish(user, account, amount, request), cancellation), cancellation);
        if (told is not null)
        {
            pump.Wake();
            await told();
        }

        return (answer, refused);
    }

    private sealed record Wish(UserId User, Guid Account, decimal Amount, WalletRequest Request);

    private async Task<(Response?, Refused?, Func<Task>? Told)> Reset(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Wish wish, CancellationToken cancellation)
    {
        const string sql = "SELECT 1 FROM accounts WHERE id = @Account AND user_id = @Owner AND kind = 'paper' FOR UPDATE";
        var found = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(sql, new { wish.Account, Owner = wish.User.Value }, cancellationToken: cancellation));
        if (found is null) return (null, new Refused(ErrorCode.NotFound), null);
        var (known, mismatch) = await wish.Request.Find(connection, cancellation);
        if (mismatch is not null) return (null, mismatch, null);
        if (known is not null) return (JsonSerializer.Deserialize<Response>(known, time.Json), null, null);

        var before = (await ListAccounts.One(connection, wish.User, wish.Account, cancellation))!;
        var now = time.After(before.SeasonStartedAt);
        var canceled = await orders.CancelAll(connection, transaction, wish.User, wish.Account, cancellation);
        var owned = await Seasons.Owned(connection, wish.Account, cancellation);
        var closed = await Closed(connection, before, owned, now, cancellation);
        var grant = new Money(wish.Amount, valuation.Asset);
        Journal[] end = owned.Count == 0
            ? []
            : [Journals.Reset(wish.Account, before.Season, [.. owned.Select(one => new Money(one.Total, new Asset(one.Asset)))], now)];
        await LedgerWriter.Post(connection, [.. canceled.Releases, .. end, Journals.Grant(wish.Account, grant, now, before.Season + 1)], cancellation);
        await OrdersRoom.EndSeason(connection, wish.Account, before.Season, cancellation);
        await Seasons.Close(connection, wish.Account, closed, cancellation);
        await EquityPoints.Add(connection, wish.Account, Points(closed, grant), cancellation);

        var account = (await ListAccounts.One(connection, wish.User, wish.Account, cancellation))!;
        var answer = new Response(account, closed, wish.Amount, canceled.Count);
        await wish.Request.Keep(connection, JsonSerializer.Serialize(answer, time.Json), now, cancellation);
        await OutboxLog.Append(connection, transaction, [OutboxMessage.Of(AccountTopic.Name, wish.User, wish.Account, new AccountReset(account, Moves(owned, grant)), time.Json)], cancellation);
        return (answer, null, canceled.Told);
    }

    private async Task<SeasonView> Closed(
        NpgsqlConnection connection, ListAccounts.Item account, List<(string Asset, decimal Total)> owned, DateTimeOffset now, CancellationToken cancellation)
    {
        var start = await Seasons.Granted(connection, account.Id, account.Season, cancellation);
        var equity = valuation.Equity(owned);
        var result = valuation.Result(await OrdersRoom.Positions(connection, account.Id, cancellation));
        return new SeasonView(
            account.Season, account.SeasonStartedAt, now, valuation.Asset.Code, start, equity, equity - start, result.Realised, result.Fees, result.Trades);
    }

    private static IReadOnlyList<BalanceMove> Moves(List<(string Asset, decimal Total)> owned, Money grant) =>
        [.. owned.Select(one => new BalanceMove(one.Asset, -one.Total)), new BalanceMove(grant.Asset.Code, grant.Amount)];

    private static List<EquityPoint> Points(SeasonView closed, Money grant)
    {
        var at = closed.EndedAt!.Value.UtcDateTime;
        var points = new List<EquityPoint> { new(closed.Number + 1, at, EquityPoint.Grant, grant.Amount) };
        if (closed.FinalEquity is { } final) points.Insert(0, new EquityPoint(closed.Number, at, EquityPoint.Reset, final));
        return points;
    }
}

/// <summary>Time and JSON of resets.</summary>
internal sealed class ResetClock(TimeProvider clock, JsonSerializerOptions json)
{
    public JsonSerializerOptions Json => json;

    /// <summary>Now in PostgreSQL's microseconds, and later than the season's start even when the clock was put back.</summary>
    public DateTimeOffset After(DateTimeOffset start)
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return now > start ? now : start.AddMicroseconds(1);
    }
}
