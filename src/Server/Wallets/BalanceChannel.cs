using Dapper;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Platform.Streaming;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>The private channel <c>balances</c>: all of them first, then those that a committed change touched.</summary>
internal sealed class BalanceChannel(NpgsqlDataSource database, ListBalances balances, TimeProvider clock, IOptions<JsonOptions> json)
{
    private const string Name = "balances";

    /// <summary>A balance with its account, as the stream shows it.</summary>
    public sealed record Item(
        Guid AccountId, string Asset, decimal Available, decimal Held, decimal Total, decimal? Value, decimal? AverageCost, decimal? Price);

    public void Open(StreamHub hub, OutboxPump pump)
    {
        hub.Register(new ChannelKind
        {
            Name = Name,
            Private = true,
            Check = ask => ask.Arguments.Count == 0 ? null : new ChannelRefusal(ErrorCode.InvalidField, "This channel takes no argument."),
            Snapshot = Snapshot,
        });
        pump.Subscribe(OrderTopic.Name, async (told, cancellation) =>
        {
            var topic = hub.Topic(Name, told.User);
            if (!topic.Watched || told.AccountId is not { } account) return;
            topic.Publish(Frame(await Items(told.User, account, OrderTopic.Assets(told), cancellation)));
        });
        pump.Subscribe(AccountTopic.Name, async (told, cancellation) =>
        {
            var topic = hub.Topic(Name, told.User);
            if (!topic.Watched || told.AccountId is not { } account) return;
            topic.Publish(Frame(await Items(told.User, account, null, cancellation)));
        });
    }

    private async ValueTask<StreamFrame> Snapshot(ChannelAsk ask, CancellationToken cancellation)
    {
        var user = ask.User!.Value;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var accounts = (await connection.QueryAsync<Guid>(new CommandDefinition(
            "SELECT id FROM accounts WHERE user_id = @User ORDER BY created_at, id LIMIT 100", new { User = user.Value }, cancellationToken: cancellation))).AsList();
        var items = new List<Item>();
        foreach (var account in accounts) items.AddRange(await Items(user, account, null, cancellation));
        return Frame(items);
    }

    private async Task<IEnumerable<Item>> Items(UserId user, Guid account, string[]? assets, CancellationToken cancellation) =>
        (await balances.Read(user, account, assets, cancellation) ?? [])
            .Select(item => new Item(account, item.Asset, item.Available, item.Held, item.Total, item.Value, item.AverageCost, item.Price));

    private StreamFrame Frame(IEnumerable<Item> items) => StreamFrame.Of(items, clock.GetUtcNow().ToUnixTimeMilliseconds(), json.Value.SerializerOptions);
}
