using System.Text;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Binance;

/// <summary>One <see cref="Symbol"/> for each name met, found by its bytes so that no string is made twice. Not thread-safe.</summary>
internal sealed class SymbolNames
{
    /// <summary>Binance lists about 3,500 pairs; past this the table starts anew instead of growing.</summary>
    private const int MaxNames = 8192;

    private const int Buckets = 16384;

    private readonly (byte[] Name, Symbol Symbol)[] _table = new (byte[], Symbol)[Buckets];
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

            slot = (slot + 1) & (Buckets - 1);
        }

        if (!Symbol.TryParse(Encoding.UTF8.GetString(name), out symbol))
            return false;
        if (++_count > MaxNames)
        {
            Array.Clear(_table);
            (_count, slot) = (1, Hash(name));
        }

        _table[slot] = (name.ToArray(), symbol);
        return true;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 16777619u);
        return (int)((hash ^ (hash >> 15)) & (Buckets - 1));
    }
}
