using Lastro.Core;
using Lastro.Core.Orders;
using Lastro.Server.Orders;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Tests.Host;
using Lastro.Server.Wallets;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Model;

/// <summary>The same rules as the server runs them: every operation is a transaction on real tables. The market says nothing, so lanes decide nothing.</summary>
internal sealed class DatabaseSubject(TestHost host, ModelWorld world) : ISubject
{
    private static readonly Refused NoMoney = new(ErrorCode.InsufficientFunds);

    private readonly IntakeWriter _intake = host.Services.GetRequiredService<IntakeWriter>();
    private readonly FillWriter _fills = host.Services.GetRequiredService<FillWriter>();
    private readonly OrderEnding _ending = host.Services.GetRequiredService<OrderEnding>();
    private readonly OrderChange _change = host.Services.GetRequiredService<OrderChange>();
    private readonly OrderStoreReader _reader = host.Services.GetRequiredService<OrderStoreReader>();
    private readonly ResetAccount _reset = host.Services.GetRequiredService<ResetAccount>();

    public async ValueTask<IReadOnlyList<Placed>> Place(IReadOnlyList<PlaceCommand> batch)
    {
        await _intake.Write(batch, CancellationToken.None);
        var answers = new List<Placed>();
#pragma warning disable VSTHRD003 // The writer has completed it.
        foreach (var command in batch) answers.Add(await command.Answer.Task);
#pragma warning restore VSTHRD003
        return answers;
    }

    public async ValueTask<IReadOnlyList<bool>?> Decide(IReadOnlyList<Decision> decisions)
    {
        await _fills.Write(decisions, CancellationToken.None);
        return null;
    }

    public async ValueTask<bool> Cancel(OrderRow order) =>
        (await _ending.Cancel(new EndingWish(order.Owner, Order: order.Id), CancellationToken.None)).Canceled.Count > 0;

    public async ValueTask CancelAll(Guid account, string? symbol) =>
        _ = await _ending.Cancel(new EndingWish(OwnerOf(account), Account: account, Symbol: symbol), CancellationToken.None);

    public ValueTask<bool> Amend(OrderRow amended, Money need) =>
        Change(amended, (_, settlement, now) => settlement.Amend(amended, need, now));

    public async ValueTask Pause(OrderRow order, bool pause) =>
        (await Change(order, (row, settlement, now) => settlement.Move(row.Id, pause ? OrderEvent.Pause : OrderEvent.Resume, now) is not null)).ShouldBeTrue();

    public ValueTask<bool> Retry(OrderRow order, Money need) => Change(order, (row, settlement, now) => settlement.Retry(row, need, now));

    public async ValueTask Reset(Guid account, decimal grant)
    {
        var (_, refused) = await _reset.Handle(new ResetAccount.Request { Confirm = "RESET", Amount = grant }, null, OwnerOf(account), account, CancellationToken.None);
        refused.ShouldBeNull();
    }

    public async ValueTask<OrderRow> Row(long id) => (await _reader.Read(id, CancellationToken.None))!;

    public async ValueTask<(decimal Available, decimal Held)> Balance(Guid account, string asset)
    {
        await using var command = host.Owner.CreateCommand("SELECT trim_scale(available), trim_scale(held) FROM balances WHERE account_id = $1 AND asset = $2");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(asset);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (reader.GetDecimal(0), reader.GetDecimal(1)) : default;
    }

    public decimal? House(string house, string asset) => null;

    public void Forget(long id)
    {
        // Tables forget nothing.
    }

    private UserId OwnerOf(Guid account) => new(world.Accounts.First(one => one.Account == account).User);

    private async ValueTask<bool> Change(OrderRow order, Func<OrderRow, Settlement, DateTimeOffset, bool> change)
    {
        var (_, refused) = await _change.Apply(
            order.Owner, order.Id, (row, settlement, _, now) => change(row, settlement, now) ? null : NoMoney, CancellationToken.None);
        return refused is null;
    }
}
