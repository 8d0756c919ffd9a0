using Lastro.Core;
using Lastro.Server.Platform.Identity;
using Npgsql;

namespace Lastro.Server.Wallets;

/// <summary>A paper account as an order meets it.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="FillModel">The word of its fill model; <c>default</c> is the usual one.</param>
/// <param name="LatencyMs">How late its orders meet the market.</param>
/// <param name="SlippageBps">Where there is no book; null for the server's.</param>
internal sealed record FundedAccount(UserId Owner, string FillModel, int LatencyMs, int? SlippageBps);

/// <summary>
/// What accounts can spend, locked for the rest of a transaction and counted down in memory: many orders are measured against it before
/// anything is written, so that no statement has to fail.
/// </summary>
internal sealed class Funds
{
    private readonly Dictionary<(Guid Account, string Asset), decimal> _available = [];
    private readonly Dictionary<Guid, FundedAccount> _accounts = [];

    /// <summary>Locks and reads. Pairs of accounts that do not exist or are not paper are left out.</summary>
    public static async Task<Funds> Lock(NpgsqlConnection connection, IReadOnlyCollection<(Guid Account, string Asset)> wanted, CancellationToken cancellation)
    {
        var funds = new Funds();
        await using var command = Command(wanted);
        command.Connection = connection;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await funds.Read(reader, cancellation);
        return funds;
    }

    public static NpgsqlCommand Command(IReadOnlyCollection<(Guid Account, string Asset)> wanted)
    {
        var command = new NpgsqlCommand("SELECT account_id, user_id, asset, available, fill_model, latency_ms, slippage_bps FROM lock_funds($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. wanted.Select(pair => pair.Account)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. wanted.Select(pair => pair.Asset)] });
        return command;
    }

    public async Task Read(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
        {
            var account = new FundedAccount(
                new UserId(reader.GetGuid(1)), reader.GetString(4), reader.GetInt32(5), await reader.IsDBNullAsync(6, cancellation) ? null : reader.GetInt32(6));
            Put(reader.GetGuid(0), account, new Money(reader.GetDecimal(3), new Asset(reader.GetString(2))));
        }
    }

    /// <summary>What an account has of an asset, as it was read.</summary>
    public void Put(Guid account, FundedAccount known, Money available)
    {
        _accounts[account] = known;
        _available[(account, available.Asset.Code)] = available.Amount;
    }

    /// <summary>The user's account; null when there is none, or it is somebody else's.</summary>
    public FundedAccount? Account(Guid account, UserId user) =>
        _accounts.TryGetValue(account, out var known) && known.Owner == user ? known : null;

    public decimal Available(Guid account, Asset asset) => _available.GetValueOrDefault((account, asset.Code));

    /// <summary>Takes an amount; false, and nothing changes, when it is not there.</summary>
    public bool TryTake(Guid account, Money amount)
    {
        var left = Available(account, amount.Asset) - amount.Amount;
        if (left < 0m) return false;
        _available[(account, amount.Asset.Code)] = left;
        return true;
    }

    public void Add(Guid account, Money amount) => _available[(account, amount.Asset.Code)] = Available(account, amount.Asset) + amount.Amount;
}
