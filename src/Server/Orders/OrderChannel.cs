using System.Text.Json;
using Dapper;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Orders;

/// <summary>The private channel <c>orders</c>: open orders first, then every change as it was committed, with the fill that caused it.</summary>
internal sealed class OrderChannel(NpgsqlDataSource database, MarketsRoom markets, IOptions<JsonOptions> json)
{
    private const string Name = "orders";

    public void Open(StreamHub hub, OutboxPump pump)
    {
        hub.Register(new ChannelKind
        {
            Name = Name,
            Private = true,
            Check = ask => ask.Arguments.Count == 0 ? null : new ChannelRefusal(ErrorCode.InvalidField, "This channel takes no argument."),
            Snapshot = Snapshot,
        });
        pump.Subscribe(OrderTopic.Name, (told, _) =>
        {
            var topic = hub.Topic(Name, told.User);
            if (topic.Watched) topic.Publish(StreamFrame.Of(Shown(told.Payload), markets.NowMs, json.Value.SerializerOptions));
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>What the channel tells of an event; more of it is for Binance's wire.</summary>
    private static object Shown(JsonElement told) => new { order = told.GetProperty("order"), fill = told.GetProperty("fill") };

    private async ValueTask<StreamFrame> Snapshot(ChannelAsk ask, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {OrderRow.Columns} FROM orders
            WHERE user_id = @User AND {OrderRow.OpenSql} ORDER BY id DESC LIMIT 1000
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = await connection.QueryAsync<OrderRow>(new CommandDefinition(sql, new { User = ask.User!.Value.Value }, cancellationToken: cancellation));
        return StreamFrame.Of(rows.Select(OrderView.Of), markets.NowMs, json.Value.SerializerOptions);
    }
}
