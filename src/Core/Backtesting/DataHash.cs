using System.Buffers.Binary;
using System.Security.Cryptography;
using Lastro.Core.Indicators;

namespace Lastro.Core.Backtesting;

/// <summary>
/// SHA-256 over candles as 48 bytes a row: open time (Unix milliseconds) as a signed integer, then open, high, low, close, volume as IEEE
/// doubles, all little-endian, an unknown volume as 0x7FF8000000000000. The same rows give the same hash wherever they came from and
/// however they were cut into blocks.
/// </summary>
public sealed class DataHash : IDisposable
{
    private const int RowBytes = 48;
    private const int ChunkRows = 512;
    private const ulong Unknown = 0x7FF8_0000_0000_0000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _chunk = new byte[RowBytes * ChunkRows];

    /// <summary>Takes rows <paramref name="offset"/> and on.</summary>
    public void Add(CandleColumns candles, int offset, int rows)
    {
        ArgumentNullException.ThrowIfNull(candles);
        for (var (at, end) = (offset, offset + rows); at < end; at += ChunkRows)
        {
            var count = Math.Min(ChunkRows, end - at);
            for (var row = 0; row < count; row++)
                Write(candles, at + row, _chunk.AsSpan(row * RowBytes, RowBytes));
            _hash.AppendData(_chunk, 0, count * RowBytes);
        }
    }

    /// <summary>Lower-case hexadecimal; the rows begin anew.</summary>
    public string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static void Write(CandleColumns candles, int row, Span<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to, candles.OpenTimeMs[row]);
        BinaryPrimitives.WriteDoubleLittleEndian(to[8..], candles.Open[row]);
        BinaryPrimitives.WriteDoubleLittleEndian(to[16..], candles.High[row]);
        BinaryPrimitives.WriteDoubleLittleEndian(to[24..], candles.Low[row]);
        BinaryPrimitives.WriteDoubleLittleEndian(to[32..], candles.Close[row]);
        var volume = candles.Volume[row];
        BinaryPrimitives.WriteUInt64LittleEndian(to[40..], double.IsNaN(volume) ? Unknown : BitConverter.DoubleToUInt64Bits(volume));
    }
}
