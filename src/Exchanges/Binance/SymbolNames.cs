using System.Text;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Binance;

/// <summary>One <see cref="Symbol"/> for each name met, found by its bytes so that no string is made twice. Not thread-safe.</summary>
internal sealed class SymbolNames
{
    /// <summary>Binance lists about 3,500 pairs; past this the table starts anew instead of growing.</summary>
    private const int MaxNames = 8192;

    private (byte[] Name, Symbol Symbol)[] _table = new (byte[], Symbol)[64];
    private int _count;

    /// <summary>False when the name is not one this program can hold: Binance also lists pairs with Chinese names.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out Symbol symbol)
    {
        var slot = Hash(name);
        while (_table[slot].Name is { } known)
        {
            if (name.SequenceEqual(known))
            {
                symbol = _table[slot].Symbol;
                return true;
            }

            slot = (slot + 1) & (_table.Length - 1);
        }

        if (!Symbol.TryParse(Encoding.UTF8.GetString(name), out symbol))
            return false;
        if (_count == MaxNames)
            (_table, _count) = (new (byte[], Symbol)[64], 0);
        else if (2 * (_count + 1) > _table.Length)
            Grow();
        Put(name.ToArray(), symbol);
        _count++;
        return true;
    }

    private void Grow()
    {
        var old = _table;
        _table = new (byte[], Symbol)[old.Length * 2];
        foreach (var (name, symbol) in old.Where(entry => entry.Name is not null))
            Put(name, symbol);
    }

    private void Put(byte[] name, Symbol symbol)
    {
        var slot = Hash(name);
        while (_table[slot].Name is not null)
            slot = (slot + 1) & (_table.Length - 1);
        _table[slot] = (name, symbol);
    }

    private int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 16777619u);
        return (int)((hash ^ (hash >> 15)) & (uint)(_table.Length - 1));
    }
}
