using Lastro.Exchanges.Binance;

namespace Lastro.Exchanges.Tests.Binance;

public sealed class BinanceMessagesTests
{
    [SharedFact(Recording.Stream)]
    public void Every_recorded_message_reads_as_SystemTextJson_reads_it()
    {
        var reader = new BinanceMessages();
        foreach (var (_, json) in Recording.Messages)
            Twin.Describe(reader.Read(json, 0), reader).ShouldBe(Twin.Describe(json));
        reader.SlowReads.ShouldBe(0);
        Recording.Messages.Count.ShouldBe(41249);
    }
}
