using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Lastro.Core;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;

namespace Lastro.Server.Markets.Archive;

/// <summary>
/// One candle on disk, little-endian, 144 bytes: open time (8), open, high, low, close, volume, quote volume, taker buy volume, taker buy
/// quote volume (16 each, decimal.GetBits), trades (4), CRC-32C of the 140 bytes before it (4).
/// </summary>
internal static class CandleRecord
{
    public const int Size = 144;

    private const int Checked = Size - 4;

    public static void Write(in Candle candle, Span<byte> record)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record, candle.OpenTimeMs);
        Put(record[8..], candle.Open.Value);
        Put(record[24..], candle.High.Value);
        Put(record[40..], candle.Low.Value);
        Put(record[56..], candle.Close.Value);
        Put(record[72..], candle.Volume.Value);
        Put(record[88..], candle.QuoteVolume);
        Put(record[104..], candle.TakerBuyVolume.Value);
        Put(record[120..], candle.TakerBuyQuoteVolume);
        BinaryPrimitives.WriteInt32LittleEndian(record[136..], candle.Trades);
        BinaryPrimitives.WriteUInt32LittleEndian(record[Checked..], Checksum(record[..Checked]));
    }

    /// <summary>False when the checksum does not fit: torn, or damaged on disk.</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, out Candle candle)
    {
        candle = default;
        if (BinaryPrimitives.ReadUInt32LittleEndian(record[Checked..]) != Checksum(record[..Checked]))
            return false;
        candle = new Candle
        {
            OpenTimeMs = BinaryPrimitives.ReadInt64LittleEndian(record),
            Open = new Price(Get(record[8..])),
            High = new Price(Get(record[24..])),
            Low = new Price(Get(record[40..])),
            Close = new Price(Get(record[56..])),
            Volume = new Quantity(Get(record[72..])),
            QuoteVolume = Get(record[88..]),
            TakerBuyVolume = new Quantity(Get(record[104..])),
            TakerBuyQuoteVolume = Get(record[120..]),
            Trades = BinaryPrimitives.ReadInt32LittleEndian(record[136..]),
        };
        return true;
    }

    /// <summary>Open time, prices and volume into row <paramref name="row"/> of the columns; false when the checksum does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> record, CandleColumns columns, int row)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(record[Checked..]) != Checksum(record[..Checked]))
            return false;
        columns.OpenTimeMs[row] = BinaryPrimitives.ReadInt64LittleEndian(record);
        columns.Open[row] = ExactDouble.Of(Get(record[8..]));
        columns.High[row] = ExactDouble.Of(Get(record[24..]));
        columns.Low[row] = ExactDouble.Of(Get(record[40..]));
        columns.Close[row] = ExactDouble.Of(Get(record[56..]));
        columns.Volume[row] = ExactDouble.Of(Get(record[72..]));
        return true;
    }

    /// <summary>CRC-32C (Castagnoli), initial value and final exclusive-or all ones; 0xE3069283 for "123456789".</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(words.Length * 8)..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }

    private static void Put(Span<byte> at, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        for (var i = 0; i < 4; i++) BinaryPrimitives.WriteInt32LittleEndian(at[(i * 4)..], bits[i]);
    }

    private static decimal Get(ReadOnlySpan<byte> at)
    {
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < 4; i++) bits[i] = BinaryPrimitives.ReadInt32LittleEndian(at[(i * 4)..]);
        return new decimal(bits);
    }
}
