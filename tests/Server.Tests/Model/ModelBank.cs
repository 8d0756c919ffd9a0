using System.Numerics;

namespace Lastro.Server.Tests.Model;

/// <summary>Who owns what, by the model: two numbers an account and asset, and the three house accounts that hold the other side.</summary>
internal sealed class ModelBank
{
    public const string Issuer = "issuer";
    public const string Market = "market";
    public const string Fees = "fees";

    private readonly Dictionary<(Guid Account, string Asset), (BigInteger Available, BigInteger Held)> _balances = [];
    private readonly Dictionary<(string House, string Asset), BigInteger> _house = [];

    public IEnumerable<(Guid Account, string Asset)> Places => _balances.Keys;

    public IEnumerable<(string House, string Asset)> HousePlaces => _house.Keys;

    public (BigInteger Available, BigInteger Held) Of(Guid account, string asset) => _balances.GetValueOrDefault((account, asset));

    public BigInteger Of(string house, string asset) => _house.GetValueOrDefault((house, asset));

    /// <summary>What an account owns, zeros left out.</summary>
    public IReadOnlyList<string> Owned(Guid account) =>
        [.. _balances.Where(pair => pair.Key.Account == account && !(pair.Value.Available + pair.Value.Held).IsZero).Select(pair => pair.Key.Asset)];

    public void Grant(Guid account, string asset, BigInteger amount)
    {
        Move(account, asset, amount, 0);
        Add(Issuer, asset, -amount);
    }

    /// <summary>From what can be spent to what is kept back.</summary>
    public void Hold(Guid account, string asset, BigInteger amount) => Move(account, asset, -amount, amount);

    public void Release(Guid account, string asset, BigInteger amount) => Move(account, asset, amount, -amount);

    /// <summary>Pays out of what is kept back; receives less the fee.</summary>
    public void Exchange(Guid account, (string Asset, BigInteger Amount) paid, (string Asset, BigInteger Amount) received, BigInteger fee)
    {
        Move(account, paid.Asset, 0, -paid.Amount);
        Add(Market, paid.Asset, paid.Amount);
        Add(Market, received.Asset, -received.Amount);
        Move(account, received.Asset, received.Amount - fee, 0);
        Add(Fees, received.Asset, fee);
    }

    private void Add(string house, string asset, BigInteger amount) => _house[(house, asset)] = Of(house, asset) + amount;

    private void Move(Guid account, string asset, BigInteger available, BigInteger held)
    {
        var now = Of(account, asset);
        now = (now.Available + available, now.Held + held);
        if (now.Available.Sign < 0 || now.Held.Sign < 0) throw new ModelException($"{account} would own {now.Available} and {now.Held} of {asset}");
        _balances[(account, asset)] = now;
    }
}
