using Dapper;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Lanes;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>The last trade of a pair that a lane had seen when it sent this after its decisions.</summary>
internal sealed record LaneMark(string Market, string Symbol, long TradeId, long TimeMs);

/// <summary>Marks, once a second, how far each pair with open orders has been acted on, and tells a starting source where it was left.</summary>
internal sealed class MarketMarks(NpgsqlDataSource database, MarketsRoom markets, MarketLanes lanes, OrdersStage stage, OrderMailbox mailbox, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Where this market was left; null when it was never here.</summary>
    public async Task<ResumePoint?> Left(string market, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var marks = (await connection.QueryAsync<(string Symbol, long Id, DateTime Time)>(new CommandDefinition(
            "SELECT symbol, trade_id, trade_time FROM market_marks WHERE market = @market", new { market }, cancellationToken: cancellation))).AsList();
        return marks.Count == 0
            ? null
            : new ResumePoint(
                marks.Min(mark => new DateTimeOffset(mark.Time, TimeSpan.Zero).ToUnixTimeMilliseconds()), marks.ToDictionary(mark => new Symbol(mark.Symbol), mark => mark.Id));
    }

    /// <summary>Notes on every open order by which rule it goes on.</summary>
    public async Task Resumed(ResumeRule rule, IReadOnlyCollection<Symbol> pairs, CancellationToken cancellation)
    {
        const string sql = $"""
            UPDATE orders SET resumed_by = CASE WHEN symbol = ANY (@Pairs) THEN @Rule ELSE 'freshPrice' END, resumed_at = @Now WHERE {OrderRow.OpenSql}
            """;
        var word = rule switch { ResumeRule.MissedTrades => "missedTrades", ResumeRule.Recording => "recording", ResumeRule.FreshPrice => "freshPrice" };
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            sql, new { Pairs = pairs.Select(pair => pair.Value).ToArray(), Rule = word, Now = time.GetUtcNow().UtcDateTime }, cancellationToken: cancellation));
    }

    /// <summary>Writes marks in the transaction that writes the decisions before them.</summary>
    public static async Task Write(NpgsqlConnection connection, IEnumerable<LaneMark> marks, CancellationToken cancellation)
    {
        var last = marks.GroupBy(mark => (mark.Market, mark.Symbol)).Select(group => group.Last()).ToList();
        if (last.Count == 0) return;
        const string sql = """
            INSERT INTO market_marks (market, symbol, trade_id, trade_time) SELECT * FROM unnest($1, $2, $3, $4)
            ON CONFLICT (market, symbol) DO UPDATE SET trade_id = excluded.trade_id, trade_time = excluded.trade_time
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. last.Select(mark => mark.Market)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. last.Select(mark => mark.Symbol)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. last.Select(mark => mark.TradeId)] });
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. last.Select(mark => DateTimeOffset.FromUnixTimeMilliseconds(mark.TimeMs).UtcDateTime)] });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = new System.Collections.Concurrent.ConcurrentDictionary<Symbol, long>();
        using var timer = new PeriodicTimer(Every, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(stoppingToken);
            if (markets.SourceKey is not { } market) continue;
            foreach (var symbol in stage.Wanted)
            {
                if (lanes.Find(symbol) is not { } lane) continue;
                var before = told.GetValueOrDefault(symbol);
                _ = lane.TryPost(own =>
                {
                    if (own.LastTrade is not { } trade || trade.Id == before || !stage.Of(own).AllSent) return;
                    if (mailbox.TryHand(Decision.OfMark(new LaneMark(market, own.Symbol.Value, trade.Id, trade.TimeMs)))) told[own.Symbol] = trade.Id;
                });
            }
        }
    }
}
