using System.Text;

namespace Lastro.Exchanges.Tests.Binance;

/// <summary>The recorded stream: BTCUSDT of 2024-08-08, 23:54:13 to 23:59:59, with the depth snapshot the recorder fetched.</summary>
internal static class Recording
{
    public const string Stream = "data/streams/binance_spot_btcusdt_20240808.txt.gz";

    private static readonly Lazy<(long, byte[])[]> Kept = new(Load);

    /// <summary>Receive time in nanoseconds and the raw JSON, in order.</summary>
    public static IReadOnlyList<(long ReceivedNs, byte[] Json)> Messages => Kept.Value;

    private static (long, byte[])[] Load() => SharedData.Lines(Stream)
        .Select(line => (long.Parse(line.AsSpan(0, line.IndexOf(' '))), Encoding.UTF8.GetBytes(line[(line.IndexOf(' ') + 1)..])))
        .ToArray();
}
