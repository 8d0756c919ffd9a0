namespace Lastro.Exchanges.Binance;

/// <summary>What the benchmark of the message reader runs: the reader alone, over messages that are already in memory.</summary>
internal static class MessageScenario
{
    /// <summary>Reads trade messages in turn, <paramref name="rounds"/> times over; the number read and the sum of their quantities show that nothing was skipped.</summary>
    public static (long Trades, decimal Quantity) ReadTrades(IReadOnlyList<byte[]> messages, int rounds)
    {
        var reader = new BinanceMessages();
        var (trades, quantity) = (0L, 0m);
        for (var round = 0; round < rounds; round++)
        {
            for (var index = 0; index < messages.Count; index++)
            {
                if (reader.Read(messages[index], 0) != MessageKind.Trade)
                    continue;
                trades++;
                quantity += reader.Trade.Quantity.Value;
            }
        }

        return (trades, quantity);
    }
}
