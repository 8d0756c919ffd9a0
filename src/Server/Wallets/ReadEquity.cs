using System.ComponentModel.DataAnnotations;
using Dapper;
using Lastro.Core.Ledger;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Http;
using Lastro.Server.Platform.Identity;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>What an account was worth over time: estimates by the last trades, the last of each interval, the worth now at the end.</summary>
internal sealed class ReadEquity(NpgsqlDataSource database, Valuation valuation, TimeProvider clock)
{
    /// <summary>Stored points looked at, the newest; thinning keeps an account of many years below this.</summary>
    private const int MostStored = 20_000;

    private static readonly Dictionary<string, TimeSpan> Intervals = new(StringComparer.Ordinal)
    {
        ["5m"] = TimeSpan.FromMinutes(5),
        ["15m"] = TimeSpan.FromMinutes(15),
        ["1h"] = TimeSpan.FromHours(1),
        ["4h"] = TimeSpan.FromHours(4),
        ["1d"] = TimeSpan.FromDays(1),
    };

    /// <param name="Time">UTC.</param>
    /// <param name="Season">Of the account; the line breaks where it changes.</param>
    /// <param name="Kind">grant: a season's first; sample; reset: a season's last; now: this moment.</param>
    /// <param name="Equity">In the value asset.</param>
    /// <param name="Drawdown">Share below the season's highest point so far: "0.25" is 25 %.</param>
    public sealed record Point(
        DateTimeOffset Time, int Season, [property: AllowedValues("grant", "sample", "reset", "now")] string Kind, decimal Equity, decimal Drawdown);

    /// <param name="ValueAsset">What equity is in.</param>
    /// <param name="Interval">Between points.</param>
    /// <param name="Points">Oldest first. Grants and resets are always there.</param>
    /// <param name="MaxDrawdown">The deepest of the period, seen on every stored point.</param>
    /// <param name="Estimated">Always true.</param>
    public sealed record Response(string ValueAsset, string Interval, IReadOnlyList<Point> Points, decimal MaxDrawdown, bool Estimated);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Route(string id, string? from, string? interval, ReadEquity verb, HttpContext context)
    {
        var step = interval ?? "1h";
        if (!Intervals.ContainsKey(step))
            return Problems.Result(new Refused(ErrorCode.InvalidField, "interval", interval, string.Join(", ", Intervals.Keys)));
        if (Moment.Read("from", from) is { Refused: { } refused }) return Problems.Result(refused);
        return Guid.TryParse(id, out var account)
            && await verb.Handle(UserId.Of(context.User), account, Moment.Read("from", from).Time, step, context.RequestAborted) is { } answer
            ? TypedResults.Ok(answer)
            : Problems.Result(new Refused(ErrorCode.NotFound));
    }

    public async Task<Response?> Handle(UserId user, Guid account, DateTimeOffset? from, string interval, CancellationToken cancellation)
    {
        const string sql = """
            SELECT season AS Season, at AS At, kind AS Kind, trim_scale(equity) AS Equity FROM (
                SELECT * FROM equity_points WHERE account_id = @account ORDER BY season DESC, at DESC LIMIT @MostStored) newest
            ORDER BY season, at
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (await ListAccounts.One(connection, user, account, cancellation) is not { } item) return null;
        var stored = (await connection.QueryAsync<EquityPoint>(new CommandDefinition(sql, new { account, MostStored }, cancellationToken: cancellation))).AsList();
        if (valuation.Equity(await Seasons.Owned(connection, account, cancellation)) is { } equity)
            stored.Add(new EquityPoint(item.Season, clock.GetUtcNow().UtcDateTime, "now", equity));
        return Curve(stored, from?.UtcDateTime ?? DateTime.MinValue, interval);
    }

    private Response Curve(List<EquityPoint> stored, DateTime from, string interval)
    {
        var step = Intervals[interval].Ticks;
        var (drawdowns, deepest) = (new Drawdowns(), 0m);
        var points = new List<Point>();
        for (var index = 0; index < stored.Count; index++)
        {
            var point = stored[index];
            // Peaks before the period count: the drawdown at its beginning is the true one.
            var drawdown = drawdowns.At(point.Season, point.Equity);
            if (point.At < from) continue;
            deepest = Math.Max(deepest, drawdown);
            var covered = point.Kind == "sample" && index + 1 < stored.Count
                && stored[index + 1] is { Kind: "sample" } next && next.At.Ticks / step == point.At.Ticks / step;
            if (!covered) points.Add(new Point(new DateTimeOffset(point.At, TimeSpan.Zero), point.Season, point.Kind, point.Equity, drawdown));
        }

        return new Response(valuation.Asset.Code, interval, points, deepest, true);
    }
}
