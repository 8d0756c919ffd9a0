using System.Globalization;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>An account's seasons, newest first: the open one as it stands now, then the closed ones as they were archived.</summary>
internal sealed class ListSeasons(NpgsqlDataSource database, Valuation valuation)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public static async Task<Results<Ok<Paged<SeasonView>>, ProblemHttpResult>> Route(string id, int? limit, string? cursor, ListSeasons verb, HttpContext context)
    {
        if (limit is < 1 or > MaxLimit) return Problems.Result(new Refused(ErrorCode.InvalidField, "limit", $"{limit}", $"1..{MaxLimit}"));
        var before = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Problems.Result(new Refused(ErrorCode.InvalidField, "cursor", cursor, "a nextCursor of this list"));
        return Guid.TryParse(id, out var account)
            && await verb.Handle(UserId.Of(context.User), account, cursor is null ? null : before, limit ?? DefaultLimit, context.RequestAborted) is { } page
            ? TypedResults.Ok(page)
            : Problems.Result(new Refused(ErrorCode.NotFound));
    }

    public async Task<Paged<SeasonView>?> Handle(UserId user, Guid account, int? before, int limit, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        if (await ListAccounts.One(connection, user, account, cancellation) is not { } item) return null;
        var rows = await Seasons.Closed(connection, account, before ?? int.MaxValue, limit + 1, cancellation);
        if (before is null) rows.Insert(0, await Open(connection, item, cancellation));
        return Paged<SeasonView>.Of(rows, limit, season => season.Number);
    }

    private async Task<SeasonView> Open(NpgsqlConnection connection, ListAccounts.Item account, CancellationToken cancellation)
    {
        var start = await Seasons.Granted(connection, account.Id, account.Season, cancellation);
        var equity = valuation.Equity(await Seasons.Owned(connection, account.Id, cancellation));
        var result = valuation.Result(await OrdersRoom.Positions(connection, account.Id, cancellation));
        return new SeasonView(
            account.Season, account.SeasonStartedAt, null, valuation.Asset.Code, start, equity, equity - start, result.Realised, result.Fees, result.Trades);
    }
}
