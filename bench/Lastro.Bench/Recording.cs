using System.IO.Compression;
using System.Text;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;

namespace Lastro.Bench;

/// <summary>The recorded BTCUSDT stream in memory.</summary>
internal static class Recording
{
    public const string Stream = "data/streams/binance_spot_btcusdt_20240808.txt.gz";

    public static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lastro.slnx")) && Path.Combine(folder.Parent?.FullName ?? "/", "shared") is var shared && Directory.Exists(shared))
                return shared;
        }

        return null;
    }

    public static List<byte[]> Messages(string shared, string containing = "")
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(shared, Stream)), CompressionMode.Decompress));
        var messages = new List<byte[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Contains(containing, StringComparison.Ordinal))
                messages.Add(Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        }

        return messages;
    }

    public static List<MarketTrade> Trades(string shared)
    {
        var reader = new BinanceMessages();
        return [.. Messages(shared, "@trade").Select(message => reader.Read(message, 0) == MessageKind.Trade ? reader.Trade : throw new InvalidDataException("no trade"))];
    }
}
