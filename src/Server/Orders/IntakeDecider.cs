using Lastro.Core.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Wallets;

namespace Lastro.Server.Orders;

/// <summary>Decides a batch in memory, one command after the other, each on what the ones before it have left.</summary>
internal sealed class IntakeDecider(IntakeReading read, Settlement settlement)
{
    private readonly List<(PlaceCommand Command, Placed Outcome)> _outcomes = [];
    private readonly List<OrderRow> _accepted = [];

    /// <summary>To be inserted.</summary>
    public IReadOnlyList<OrderRow> Accepted => _accepted;

    public void Decide(PlaceCommand command) => _outcomes.Add((command, Outcome(command)));

    /// <summary>Gives every caller its outcome, but those who wait for their lane; once the transaction has committed.</summary>
    public void TellAll()
    {
        foreach (var (command, outcome) in _outcomes)
        {
            if (!Waits(command, outcome)) command.Answer.TrySetResult(outcome);
        }
    }

    /// <summary>Whose lane is to say what it decided, by the order's id.</summary>
    public IReadOnlyDictionary<long, Action<(bool Here, int Fills)>> Waiting() => _outcomes.Where(one => Waits(one.Command, one.Outcome)).ToDictionary(
        one => one.Outcome.Orders[0].Id, Action<(bool Here, int Fills)> (one) => taking => one.Command.Answer.TrySetResult(one.Outcome with { Taking = taking }));

    private static bool Waits(PlaceCommand command, Placed outcome) => command.WantsTaking && outcome is { Before: false, Orders.Count: > 0 };

    private Placed Outcome(PlaceCommand command)
    {
        if (read.Funds.Account(command.Account, command.User) is not { } account) return Placed.No(new Refused(ErrorCode.NotFound, "accountId", command.Account.ToString()));
        if (read.Known.TryGetValue((command.Account, command.Key), out var known)) return Again(known, command);
        if (command.Refused is { } refused) return Placed.No(refused);
        for (var place = 1; place < command.Orders.Count; place++)
        {
            if (read.Known.ContainsKey((command.Account, OrderKeys.OfLeg(command.Key, place)))) return Placed.No(OtherBody(OrderKeys.OfLeg(command.Key, place)));
        }

        if (Duplicate(command) is { } taken) return Placed.No(taken);
        if (command.Replaces is { } old && Replace(old, command) is { } cannot) return Placed.No(cannot);
        foreach (var order in command.Orders.Where(order => order.Hold.Amount > 0m))
        {
            var available = read.Funds.Available(command.Account, order.Hold.Asset);
            if (!read.Funds.TryTake(command.Account, order.Hold)) return Placed.No(OrderRefusals.NoFunds(order.Hold, available));
        }

        return new Placed(Accept(command, account));
    }

    /// <summary>A name of the wire that an open order has, or another of this batch.</summary>
    private Refused? Duplicate(PlaceCommand command)
    {
        if (command.WireListId is { } list && read.WireListIds.Contains((command.Account, list))) return OrderRefusals.WireIdInUse(list);
        for (var place = 0; place < command.Orders.Count; place++)
        {
            if (command.Orders[place].WireId is not { } name) continue;
            if (read.WireIds.Contains((command.Account, name))) return OrderRefusals.WireIdInUse(name);
            for (var before = 0; before < place; before++)
            {
                if (command.Orders[before].WireId == name) return OrderRefusals.WireIdInUse(name);
            }
        }

        return null;
    }

    /// <summary>The same body gets the same answer; another one is refused.</summary>
    private Placed Again(OrderRow known, PlaceCommand command)
    {
        if (!known.RequestHash.AsSpan().SequenceEqual(command.Hash))
            return Placed.No(OtherBody(command.Key));
        OrderRow[] list = known.ListId is null ? [known] : [.. read.Known.Values.Where(row => row.ListId == known.ListId).OrderBy(row => row.Id)];
        return new Placed(list, Before: true);
    }

    /// <summary>Ends the old order in the same transaction; nothing happens to it when the new one cannot be paid for.</summary>
    private Refused? Replace(long old, PlaceCommand command)
    {
        // As the commands before this one have left it.
        if (settlement.Row(old) is not { } row || row.UserId != command.User.Value || row.AccountId != command.Account)
            return new Refused(ErrorCode.NotFound);
        if (row.ListId is not null) return new Refused(ErrorCode.InvalidField, "id", old.ToString(System.Globalization.CultureInfo.InvariantCulture), Detail: "An order of a list is amended or cancelled, not replaced.");
        var need = command.Orders[0].Hold;
        var back = row.HoldAsset == need.Asset.Code ? row.Held : 0m;
        var available = read.Funds.Available(command.Account, need.Asset);
        if (row.IsOpen && available + back < need.Amount) return OrderRefusals.NoFunds(need, available + back);
        return settlement.Cancel(old, command.Now)
            ? null
            : new Refused(ErrorCode.AlreadyFinal, "status", row.StatusWord, Detail: "The order has ended before.");
    }

    private List<OrderRow> Accept(PlaceCommand command, FundedAccount account)
    {
        var rows = new List<OrderRow>();
        foreach (var (order, place) in command.Orders.Select((order, place) => (order, place)))
        {
            var id = read.NextId();
            var row = RowOf(command, order, account) with
            {
                Id = id,
                ListId = order.Leg is null ? null : rows.Count == 0 ? id : rows[0].Id,
                ClientOrderId = OrderKeys.OfLeg(command.Key, place),
            };
            rows.Add(row);
            read.Known[(row.AccountId, row.ClientOrderId)] = row;
            if (row.WireId is { } name) read.WireIds.Add((row.AccountId, name));
        }

        if (command.WireListId is { } list) read.WireListIds.Add((command.Account, list));

        _accepted.AddRange(rows);
        return rows;
    }

    private static Refused OtherBody(string key) =>
        new(ErrorCode.IdempotencyMismatch, "clientOrderId", key, Detail: "The key was used for an order with another body.");

    private static OrderRow RowOf(PlaceCommand command, ProposedOrder order, FundedAccount account)
    {
        var (terms, instrument) = (order.Terms, order.Instrument);
        var dormant = terms.Quantity is null && terms.QuoteQuantity is null;
        return new OrderRow
        {
            UserId = command.User.Value,
            AccountId = command.Account,
            RequestHash = command.Hash,
            Symbol = instrument.Symbol.Value,
            Base = instrument.Base.Code,
            Quote = instrument.Quote.Code,
            SideWord = OrderWords.Of(terms.Side),
            TypeWord = OrderWords.Of(terms.Type),
            TimeWord = OrderWords.Of(terms.TimeInForce),
            Price = terms.Price,
            Quantity = terms.Quantity,
            QuoteQuantity = terms.QuoteQuantity,
            TriggerPrice = terms.TriggerPrice,
            TrailingDelta = terms.TrailingDelta,
            ActivationPrice = terms.ActivationPrice,
            Extreme = order.Extreme,
            PostOnly = terms.PostOnly,
            HoldWhenWord = OrderWords.Of(terms.HoldWhen),
            ExpiresAt = terms.ExpiresAt?.UtcDateTime,
            StartAt = terms.StartAt?.UtcDateTime,
            LegWord = order.Leg is { } leg ? OrderWords.Of(leg) : null,
            ModelWord = account.FillModel,
            LatencyMs = account.LatencyMs,
            SlippageBps = account.SlippageBps,
            StatusWord = OrderWords.Of(terms.Waits || dormant ? OrderStatus.Waiting : OrderStatus.New),
            HoldAsset = order.Hold.Asset.Code,
            HoldAmount = order.Hold.Amount,
            Held = order.Hold.Amount,
            CreatedAt = command.Now.UtcDateTime,
            UpdatedAt = command.Now.UtcDateTime,
            WireId = order.WireId,
            WireListId = command.WireListId,
            WireTags = order.WireTags,
        };
    }
}
