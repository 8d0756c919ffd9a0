using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lastro.Core.Indicators;

namespace Lastro.Exchanges.Files;

/// <summary>
/// Writes candles as our CSV or freqtrade's JSON, told by the name: .csv or .json, packed when .gz follows. Complete or not there:
/// the file appears under its name when <see cref="Finish"/> is called.
/// </summary>
public sealed class CandleWriter : IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private readonly bool _json;
    private readonly Stream _stream;
    private readonly byte[] _line = new byte[512];
    private bool _any;
    private bool _finished;

    /// <summary>Begins the file beside its place.</summary>
    /// <exception cref="InvalidDataException">The name is of no form we write, or nothing can be written there.</exception>
    public CandleWriter(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        _path = path;
        _draft = $"{path}.{Environment.ProcessId}.part";
        var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        _json = plain.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (!_json && !plain.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"{path}: candles are written as .csv, .csv.gz, .json or .json.gz.");
        try
        {
            Stream file = new FileStream(_draft, FileMode.Create, FileAccess.Write, FileShare.None, 128 * 1024);
            _stream = plain.Length < path.Length ? new BufferedStream(new GZipStream(file, CompressionLevel.Optimal), 128 * 1024) : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be written: {error.Message}", error);
        }

        _stream.Write(_json ? "["u8 : Encoding.UTF8.GetBytes(CandleCsv.Header + "\n"));
    }

    /// <summary>Writes a row with the digits it has: <paramref name="rest"/> is open to volume, with commas between, an unknown volume empty.</summary>
    public void Row(long openTimeMs, ReadOnlySpan<byte> rest)
    {
        if (_json)
            _stream.Write(_any ? ",["u8 : "["u8);
        openTimeMs.TryFormat(_line, out var length, default, CultureInfo.InvariantCulture);
        _line[length++] = (byte)',';
        _stream.Write(_line.AsSpan(0, length));
        _stream.Write(rest);
        if (_json)
            _stream.Write(rest[^1] == ',' ? "null]"u8 : "]"u8);
        else
            _stream.WriteByte((byte)'\n');
        _any = true;
    }

    /// <summary>Writes a row of numbers, each with the fewest digits that give it back.</summary>
    public void Row(in Bar candle)
    {
        var rest = string.Join(',', Plain(candle.Open), Plain(candle.High), Plain(candle.Low), Plain(candle.Close), double.IsNaN(candle.Volume) ? "" : Plain(candle.Volume));
        Row(candle.OpenTimeMs, Encoding.ASCII.GetBytes(rest));
    }

    /// <summary>Everything is written: puts the file in its place, over one that is there.</summary>
    public void Finish()
    {
        if (_json)
            _stream.Write("]\n"u8);
        _stream.Dispose();
        File.Move(_draft, _path, overwrite: true);
        _finished = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_finished)
            return;
        try
        {
            _stream.Dispose();
        }
        finally
        {
            // Also where the disk is full and what is left of the buffer cannot be written.
            File.Delete(_draft);
        }
    }

    /// <summary>The shortest digits that give the double back, never with an exponent.</summary>
    public static string Plain(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        if (exponent < 0)
            return text;
        var shift = int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : "";
        var digits = text[sign.Length..exponent].Replace(".", "", StringComparison.Ordinal);
        return shift < 0
            ? $"{sign}0.{new string('0', -shift - 1)}{digits}"
            : sign + digits.PadRight(shift + 1, '0');
    }
}
