using Lastro.Bounds;
using Lastro.Exchanges.Binance;

namespace Lastro.Bench;

internal static class ParseScenario
{
    public static Task Run(string shared)
    {
        var messages = Recording.Messages(shared, "@trade");
        var reader = new BinanceMessages();
        var sum = 0L;
        var ours = Meter.Measure(messages.Count, () =>
        {
            foreach (var message in messages)
            {
                if (reader.Read(message, 0) != MessageKind.Trade)
                    throw new InvalidDataException("no trade");
                sum += reader.Trade.Id;
            }
        });
        var bound = Meter.Measure(messages.Count, () =>
        {
            foreach (var message in messages)
                sum += TradeScan.Read(message).Id;
        });
        Meter.Print("parse Binance trade (recorded)", ours, "hand-written scan of one shape", bound, ">= 3 M/s, 0 B");
        return Task.CompletedTask;
    }
}
