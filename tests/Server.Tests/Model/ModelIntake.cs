using System.Numerics;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;

namespace Lastro.Server.Tests.Model;

/// <summary>A command on its way, with the orders it is to become.</summary>
internal sealed record Asked(PlaceCommand Command, IReadOnlyList<Draft> Drafts);

/// <summary>Makes batches of commands and says what becomes of each.</summary>
internal sealed class ModelIntake(ModelWorld world, ModelDesk desk, ModelOrders orders, Tally tally)
{
    private static readonly Guid Nobody = new("11111111-1111-1111-1111-111111111111");

    private long _key;

    public List<Asked> Batch(Chance chance, DraftMaker drafts, Guid account)
    {
        var batch = new List<Asked>();
        for (var count = chance.Percent(60) ? 1 : chance.Next(4) + 2; count > 0; count--)
        {
            var whose = chance.Percent(70) ? account : chance.Of(world.Accounts).Account;
            if (Ask(chance, drafts, whose) is not { } asked) continue;
            batch.Add(asked);
            if (!chance.Percent(4)) continue;
            tally.Add(Case.SameKeyTwiceInABatch);
            batch.Add(Again(asked, chance.Percent(50)));
        }

        // The same order replaced twice in one transaction.
        if (batch.Find(asked => asked.Command.Replaces is not null) is { } first && chance.Percent(40) && New(chance, drafts, first.Command.Account, first.Command.Replaces) is { } second)
        {
            tally.Add(Case.ReplacedTwiceInABatch);
            batch.Add(second);
        }

        return batch;
    }

    /// <summary>Compares outcomes with what the model says, one command after the other, and takes in what was accepted.</summary>
    public void Check(IReadOnlyList<Asked> batch, IReadOnlyList<Placed> outcomes)
    {
        var placed = 0;
        for (var index = 0; index < batch.Count; index++)
        {
            var (asked, outcome) = (batch[index], outcomes[index]);
            var (refused, before) = Expect(asked, placed);
            if (outcome.Refused?.Code != refused || outcome.Before != before is not null)
                throw new ModelException($"{asked.Command.Key} for {string.Join(", ", asked.Drafts.Select(draft => draft.Model))}: {outcome.Refused}, before {outcome.Before}; by the model {refused}, before {before?.Count}");
            if (refused is not null) continue;
            if (before is not null)
            {
                if (!before.Select(order => order.Id).SequenceEqual(outcome.Orders.Select(row => row.Id))) throw new ModelException($"{asked.Command.Key} was answered with other orders");
                continue;
            }

            Accept(asked, outcome.Orders);
            placed++;
        }
    }

    private void Accept(Asked asked, IReadOnlyList<OrderRow> rows)
    {
        foreach (var (draft, row) in asked.Drafts.Zip(rows, (draft, row) => (draft, row)))
        {
            draft.Model.Id = row.Id;
            draft.Model.List = draft.Model.Leg is null ? null : rows[0].Id;
            if (row.ClientOrderId != draft.Model.Key) throw new ModelException($"{row.Id} has the key {row.ClientOrderId}");
        }

        desk.Accept([.. asked.Drafts.Select(draft => draft.Model)]);
        foreach (var order in asked.Drafts.Select(draft => draft.Model)) Count(order);
    }

    private (ErrorCode? Refused, IReadOnlyList<ModelOrder>? Before) Expect(Asked asked, int placed)
    {
        var command = asked.Command;
        if (!world.Accounts.Contains((command.Account, command.User.Value)))
        {
            tally.Add(command.Account == Nobody ? Case.UnknownAccount : Case.SomebodyElsesAccount);
            return (ErrorCode.NotFound, null);
        }

        if (Known(command.Account, command.Key) is { } known)
        {
            var same = known.Hash.AsSpan().SequenceEqual(command.Hash);
            tally.Add(same ? Case.SameKeySameBody : Case.SameKeyOtherBody);
            if (!known.IsOpen) tally.Add(Case.KeyOfAnEndedOrder);
            return same ? (null, desk.ListOf(known)) : (ErrorCode.IdempotencyMismatch, null);
        }

        if (asked.Drafts.Skip(1).Any(draft => Known(command.Account, draft.Model.Key) is not null))
        {
            tally.Add(Case.KeyOfALegWasTaken);
            return (ErrorCode.IdempotencyMismatch, null);
        }

        var need = asked.Drafts[0].Model.Held;
        var available = desk.Bank.Of(command.Account, asked.Drafts[0].Model.HoldAsset).Available;
        if (command.Replaces is { } id) return (Replace(desk.Find(id), asked, (need, available)), null);
        if (need <= available) return (null, null);
        Short(asked, need - available, placed);
        return (ErrorCode.InsufficientFunds, null);
    }

    private ErrorCode? Replace(ModelOrder? old, Asked asked, (BigInteger Need, BigInteger Available) money)
    {
        if (old is null || old.Account != asked.Command.Account) return ErrorCode.NotFound;
        if (old.List is not null) return ErrorCode.InvalidField;
        if (!old.IsOpen)
        {
            tally.Add(Case.ReplacedAnEndedOrder);
            return ErrorCode.AlreadyFinal;
        }

        var back = old.HoldAsset == asked.Drafts[0].Model.HoldAsset ? old.Held : 0;
        if (money.Available + back < money.Need)
        {
            tally.Add(Case.ReplaceRefusedForMoney);
            return ErrorCode.InsufficientFunds;
        }

        if (money.Need > money.Available) tally.Add(Case.ReplacedWithItsOwnMoney);
        if (old.Fills > 0) tally.Add(Case.ReplacedAPartlyFilledOrder);
        _ = desk.Cancel(old);
        return null;
    }

    private void Short(Asked asked, BigInteger missing, int placed)
    {
        var order = asked.Drafts[0].Model;
        tally.Add(missing <= BigInteger.Max(order.Buys ? 0 : order.Pair.Step, Units.Eighth) ? Case.OneUnitShort : Case.FarTooLittleMoney);
        if (placed > 0) tally.Add(Case.SecondOfABatchMetAnEmptyBalance);
    }

    private void Count(ModelOrder order)
    {
        if (order.Held.Sign > 0 && desk.Bank.Of(order.Account, order.HoldAsset).Available.IsZero) tally.Add(Case.HeldTheWholeBalance);
        if (order.HoldsWhenFired) tally.Add(Case.PlacedHoldingWhenFired);
        if (order.HasStart) tally.Add(Case.PlacedWithStart);
        if (order.Leg is not null) return;
        tally.Add(order.Type switch
        {
            "market" => order.Quantity is null ? Case.PlacedMarketByQuote : Case.PlacedMarketByQuantity,
            "limit" => Case.PlacedLimit,
            "stopLoss" => Case.PlacedStopLoss,
            "stopLossLimit" => Case.PlacedStopLossLimit,
            "takeProfit" => Case.PlacedTakeProfit,
            "takeProfitLimit" => Case.PlacedTakeProfitLimit,
            _ => Case.PlacedTrailing,
        });
    }

    private ModelOrder? Known(Guid account, string key) => orders.Keyed(account, key, desk.Touched);

    private Asked? Ask(Chance chance, DraftMaker drafts, Guid account)
    {
        var old = chance.Percent(60) && orders.Open(account) is { Count: > 0 } open ? chance.Of(open) : orders.Ended.Count > 0 ? chance.Of(orders.Ended) : null;
        return chance.Next(100) switch
        {
            < 4 when old is not null => Old(old, chance, drafts),
            < 11 when old is not null => New(chance, drafts, old.Account, old.Id),
            < 13 => New(chance, drafts, chance.Percent(50) ? Nobody : account, null, owner: Nobody),
            _ => New(chance, drafts, account, null),
        };
    }

    private Asked? New(Chance chance, DraftMaker drafts, Guid account, long? replaces, Guid? owner = null)
    {
        var key = $"k{++_key}";
        var hash = BitConverter.GetBytes(_key);
        var pair = chance.Of(world.Pairs);
        var kind = replaces is null ? chance.Next(100) : 100;

        // A leg's key that somebody has used on its own before.
        if (kind < 30 && chance.Percent(3) && orders.Open(account).Find(order => order.List is null && order.Key.EndsWith(".1", StringComparison.Ordinal)) is { } taken) key = taken.Key[..^2];
        else if (kind >= 30 && chance.Percent(3)) key += ".1";
        IReadOnlyList<Draft>? made = kind < 12 ? drafts.Oco(account, pair, key, hash) : kind < 30 ? drafts.Bracket(account, pair, key, hash) : drafts.One(account, pair, key, hash) is { } one ? [one] : null;
        return made is null ? null : Command(made, (account, owner ?? OwnerOf(account)), (key, hash), replaces);
    }

    private Asked Again(Asked asked, bool sameBody) =>
        new(CommandOf(asked.Command, sameBody ? asked.Command.Hash : [1]), asked.Drafts);

    private Asked? Old(ModelOrder old, Chance chance, DraftMaker drafts)
    {
        var first = desk.ListOf(old)[0];
        if (drafts.One(first.Account, world.Pair(first.Pair.Symbol), first.Key, first.Hash) is not { } draft) return null;
        return Command([draft], (first.Account, OwnerOf(first.Account)), (first.Key, chance.Percent(60) ? first.Hash : [2]), null);
    }

    private Guid OwnerOf(Guid account) => world.Accounts.FirstOrDefault(one => one.Account == account).User;

    private static PlaceCommand CommandOf(PlaceCommand command, byte[] hash) => new()
    {
        User = command.User,
        Account = command.Account,
        Key = command.Key,
        Hash = hash,
        Orders = command.Orders,
        Replaces = command.Replaces,
        Now = command.Now,
    };

    private static Asked Command(IReadOnlyList<Draft> made, (Guid Account, Guid User) who, (string Key, byte[] Hash) what, long? replaces) => new(
        new PlaceCommand
        {
            User = new UserId(who.User),
            Account = who.Account,
            Key = what.Key,
            Hash = what.Hash,
            Orders = [.. made.Select(draft => draft.Proposed)],
            Replaces = replaces,
            Now = DateTimeOffset.UnixEpoch.AddYears(55),
        },
        made);
}
