using System.Text.Json;
using Lastro.Core.Orders;
using Lastro.Server.Markets;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Outbox;
using Lastro.Server.Wallets;

namespace Lastro.Server.BinanceApi.Users;

/// <summary>
/// Makes Binance's events of what the outbox tells. The events of one commit stay together: reports, then lists, then the balances, which are
/// read after the outbox was and so are never older than what they follow. An event that the outbox tells twice is told once.
/// </summary>
internal sealed class UserFeed(UserEvents events, BalanceSheets balances, MarketsRoom markets, JsonSerializerOptions json, ILogger<UserFeed> log)
{
    /// <summary>Events remembered as told; the outbox repeats only what is recent.</summary>
    private const int Remembered = 16_384;

    private readonly List<Change> _changes = [];
    private readonly HashSet<long> _told = [];
    private readonly Queue<long> _oldest = new();

    public void Open(OutboxPump pump)
    {
        pump.Subscribe(OrderTopic.Name, (told, _) => Note(told, static (told, json) => new Change(told, OrderTopic.Read(told, json), [])));
        pump.Subscribe(AccountTopic.Name, (told, _) => Note(told, static (told, json) => new Change(told, null, AccountTopic.Moves(told, json))));
        pump.Afterwards(Tell);
    }

    private ValueTask Note(OutboxEvent told, Func<OutboxEvent, JsonSerializerOptions, Change> read)
    {
        if (told.AccountId is { } account && events.Heard(account) && !_told.Contains(told.Id)) _changes.Add(read(told, json));
        return ValueTask.CompletedTask;
    }

    private async ValueTask Tell(CancellationToken cancellation)
    {
        if (_changes.Count == 0) return;
        try
        {
            var sheets = await balances.OfMany([.. _changes.Select(change => change.Account).Distinct()], cancellation);
            foreach (var commit in Commits(_changes)) Tell(commit, sheets);
            foreach (var change in _changes) Remember(change.Told.Id);
        }
        finally
        {
            _changes.Clear();
        }
    }

    /// <summary>The changes of an account that were committed together, in the order of the commits. Rows of one transaction have one time.</summary>
    private static IEnumerable<List<Change>> Commits(IReadOnlyList<Change> changes)
    {
        var open = new Dictionary<Guid, List<Change>>();
        foreach (var change in changes)
        {
            if (open.TryGetValue(change.Account, out var commit))
            {
                if (commit[0].Told.CreatedAt == change.Told.CreatedAt)
                {
                    commit.Add(change);
                    continue;
                }

                yield return commit;
            }

            open[change.Account] = [change];
        }

        foreach (var commit in open.Values) yield return commit;
    }

    private void Tell(List<Change> commit, IReadOnlyDictionary<Guid, BalanceSheet> sheets)
    {
        var account = commit[0].Account;
        var nowMs = markets.NowMs;
        var texts = new List<byte[]>();
        var assets = new List<string>();
        var changedMs = 0L;
        foreach (var change in commit)
        {
            if (change.Order is { } order)
            {
                var before = texts.Count;
                ExecutionReport.Write(order, change.Told.Id, nowMs, texts);
                if (texts.Count == before || ActsAtOnce(order)) continue;
                Touch(order.Base);
                Touch(order.Quote);
                changedMs = Math.Max(changedMs, order.Order.UpdatedAt.ToUnixTimeMilliseconds());
            }

            foreach (var move in change.Moves)
            {
                changedMs = Math.Max(changedMs, nowMs);
                texts.Add(AccountEvent.Moved(move, change.Told.CreatedAt.ToUnixTimeMilliseconds(), nowMs));
                Touch(move.Asset);
            }
        }

        Lists(commit, nowMs, texts);
        if (assets.Count > 0 && sheets.TryGetValue(account, out var sheet)) texts.Add(AccountEvent.Position(sheet, assets, changedMs, nowMs));
        foreach (var text in texts) Tell(account, text);

        void Touch(string asset)
        {
            if (!assets.Contains(asset)) assets.Add(asset);
        }
    }

    /// <summary>What fills or ends at once keeps nothing back on Binance: its balances come with its fills.</summary>
    private static bool ActsAtOnce(OrderTold told) => told is { From: null, Order: { Status: OrderStatus.New } order }
        && (order.Terms.Type == OrderType.Market || order.Terms.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok);

    private static void Lists(List<Change> commit, long nowMs, List<byte[]> texts)
    {
        var seen = new HashSet<long>();
        foreach (var change in commit)
        {
            if (change.Order is not { Order.ListId: { } list, List.Count: > 0 } told || !seen.Add(list)) continue;
            if (told.From is null || (told.Amended && told.NameBefore is not null) || AccountEvent.IsDone(told)) texts.Add(AccountEvent.List(told, nowMs));
        }
    }

    private void Tell(Guid account, byte[] text)
    {
        try
        {
            events.Tell(account, text);
        }
#pragma warning disable CA1031 // A listener's mistake must not stop the others' events.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogError(error, "A listener threw on an event of account {Account}", account);
        }
    }

    private void Remember(long id)
    {
        if (!_told.Add(id)) return;
        _oldest.Enqueue(id);
        if (_oldest.Count > Remembered) _ = _told.Remove(_oldest.Dequeue());
    }

    private sealed record Change(OutboxEvent Told, OrderTold? Order, IReadOnlyList<BalanceMove> Moves)
    {
        public Guid Account => Told.AccountId!.Value;
    }
}
