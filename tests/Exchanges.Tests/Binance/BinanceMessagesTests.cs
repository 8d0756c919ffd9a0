using System.Diagnostics;
using System.Text;
using Lastro.Exchanges.Binance;

namespace Lastro.Exchanges.Tests.Binance;

public sealed class BinanceMessagesTests
{
    private const string Trade = """{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}""";

    [SharedFact(Recording.Stream)]
    public void Every_recorded_message_reads_as_SystemTextJson_reads_it()
    {
        var reader = new BinanceMessages();
        foreach (var (_, json) in Recording.Messages)
            Twin.Describe(reader.Read(json, 0), reader).ShouldBe(Twin.Describe(json));
        reader.SlowReads.ShouldBe(0);
        Recording.Messages.Count.ShouldBe(41249);
    }

    [SharedFact(Recording.Stream)]
    public void Mutated_messages_read_as_SystemTextJson_reads_them_or_not_at_all()
    {
        var (chance, reader, broken) = (new Random(20240808), new BinanceMessages(), 0);
        for (var round = 0; round < 40_000; round++)
        {
            var json = Mutate(Recording.Messages[chance.Next(Recording.Messages.Count)].Json, chance);
            var kind = reader.Read(json, 0);
            if (kind is MessageKind.Broken)
            {
                broken++;
                reader.Error.ShouldNotBeNullOrEmpty();
            }
            else if (Twin.Describe(kind, reader) is { } ours)
            {
                ours.ShouldBe(Twin.Describe(json), Encoding.UTF8.GetString(json));
            }
        }

        broken.ShouldBeGreaterThan(10_000);
    }

    [SharedFact(Recording.Stream)]
    public void Reordered_and_spaced_fields_take_the_slow_road_to_the_same_values()
    {
        var (fast, slow) = (new BinanceMessages(), new BinanceMessages());
        foreach (var (_, json) in Recording.Messages.Take(3_000))
        {
            var node = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
            var inner = node["data"]?.AsObject() ?? node;
            foreach (var (name, value) in inner.ToList().AsEnumerable().Reverse())
            {
                inner.Remove(name);
                inner[name] = value;
            }

            var other = Encoding.UTF8.GetBytes(" " + node.ToJsonString(new() { WriteIndented = true })).AsSpan(1);
            Twin.Describe(slow.Read(other, 0), slow).ShouldBe(Twin.Describe(fast.Read(json, 0), fast));
        }

        slow.SlowReads.ShouldBe(3_000);
    }

    [Theory]
    [InlineData("p", "NaN")]
    [InlineData("p", "1e308")]
    [InlineData("p", "")]
    [InlineData("p", ".")]
    [InlineData("p", "1..2")]
    [InlineData("p", "99999999999999999999999999999999999999")]
    [InlineData("q", "1,000")]
    [InlineData("q", "0x10")]
    public void Amounts_that_are_none_make_the_message_broken(string field, string value)
    {
        var (reader, json) = (new BinanceMessages(), Trade.Replace(field == "p" ? "61837.63000000" : "0.02000000", value));
        reader.Read(Encoding.UTF8.GetBytes(json), 0).ShouldBe(MessageKind.Broken);
        reader.Error.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("61837.63000000", "61837.63")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("100", "100")]
    [InlineData("0.00000000", "0")]
    [InlineData("-5.10", "-5.1")]
    [InlineData("123456789012345678.5", "123456789012345678.5")]
    [InlineData("1234567890.123456789012345678", "1234567890.123456789012345678")]
    public void Amounts_are_exact_to_the_last_digit(string sent, string read)
    {
        var reader = new BinanceMessages();
        reader.Read(Encoding.UTF8.GetBytes(Trade.Replace("61837.63000000", sent)), 0).ShouldBe(MessageKind.Trade);
        reader.Trade.Price.ToString().ShouldBe(read);
    }

    [Theory]
    [InlineData("""{"result":null,"id":7}""", 7, 0)]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request: unknown variable"},"id":8}""", 8, 2)]
    [InlineData("""{"code":3,"msg":"Invalid JSON","id":9}""", 9, 3)]
    [InlineData("""{"result":["btcusdt@trade"],"id":0}""", 0, 0)]
    public void Answers_carry_their_id_and_error(string json, long id, int code)
    {
        var reader = new BinanceMessages();
        reader.Read(Encoding.UTF8.GetBytes(json), 0).ShouldBe(MessageKind.Answer);
        (reader.Answer.Id, reader.Answer.ErrorCode).ShouldBe((id, code));
    }

    [Theory]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""", MessageKind.ServerShutdown)]
    [InlineData("""{"event":{"e":"serverShutdown","E":1770123456789}}""", MessageKind.ServerShutdown)]
    [InlineData("""{"e":"executionReport","E":1}""", MessageKind.Unknown)]
    [InlineData("""{"stream":"x"}""", MessageKind.Broken)]
    [InlineData("""{"a":1""", MessageKind.Broken)]
    [InlineData("hello", MessageKind.Broken)]
    [InlineData("", MessageKind.Broken)]
    [InlineData("{}{}", MessageKind.Broken)]
    public void Other_texts_are_named_for_what_they_are(string text, object kind) =>
        new BinanceMessages().Read(Encoding.UTF8.GetBytes(text), 0).ShouldBe((MessageKind)kind);

    [Fact]
    public void Klines_aggregates_and_tickers_read_as_documented()
    {
        var reader = new BinanceMessages();
        reader.Read("""{"stream":"x","data":{"e":"kline","E":1672515782136,"s":"BNBBTC","k":{"t":123400000,"T":123460000,"s":"BNBBTC","i":"1m","f":100,"L":200,"o":"0.0010","c":"0.0020","h":"0.0025","l":"0.0015","v":"1000","n":100,"x":false,"q":"1.0000","V":"500","Q":"0.500","B":"123456"}}}"""u8, 0)
            .ShouldBe(MessageKind.Kline);
        (reader.Kline.Candle.OpenTimeMs, reader.Kline.Candle.Close.Value, reader.Kline.LastTradeId, reader.Kline.Closed).ShouldBe((123400000, 0.0020m, 200, false));
        reader.Read("""{"e":"aggTrade","E":1672515782136,"s":"BNBBTC","a":12345,"p":"0.001","q":"100","f":100,"l":105,"T":1672515782136,"m":true,"M":true}"""u8, 0)
            .ShouldBe(MessageKind.AggregateTrade);
        (reader.AggregateTrade.Id, reader.AggregateTrade.LastTradeId, reader.AggregateTrade.Price.Value).ShouldBe((12345, 105, 0.001m));
        reader.Read("""{"stream":"!miniTicker@arr","data":[{"e":"24hrMiniTicker","E":1672515782136,"s":"BNBBTC","c":"0.0025","o":"0.0010","h":"0.0025","l":"0.0010","v":"10000","q":"18"}]}"""u8, 0)
            .ShouldBe(MessageKind.MiniTickers);
        reader.Tickers.ShouldHaveSingleItem().Last.ShouldBe(0.0025m);
        reader.Read("""{"e":"trade","E":1672515782136,"s":"BNBBTC","t":12345,"p":"0.001","q":"100","b":88,"a":50,"T":1672515782136,"m":true,"M":true}"""u8, 0)
            .ShouldBe(MessageKind.Trade);
        reader.SlowReads.ShouldBe(0);
    }

    [SharedFact(Recording.Stream)]
    public void Trades_and_quotes_are_read_without_allocation()
    {
        var reader = new BinanceMessages();
        var messages = Recording.Messages.Where(m => !m.Json.AsSpan().Contains((byte)'[')).Select(m => m.Json).ToArray();
        foreach (var json in messages)
            reader.Read(json, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var json in messages)
            reader.Read(json, 0);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        messages.Length.ShouldBe(28040 + 9757);
    }

    [Fact]
    public void The_scenario_for_the_benchmark_reads_what_it_counts()
    {
        var start = Stopwatch.GetTimestamp();
        MessageScenario.ReadTrades([Encoding.UTF8.GetBytes(Trade)], 1_000).ShouldBe((1_000, 1_000 * 0.02m));
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static byte[] Mutate(byte[] json, Random chance)
    {
        var copy = json.ToList();
        for (var cuts = chance.Next(1, 4); cuts > 0 && copy.Count > 1; cuts--)
        {
            var at = chance.Next(copy.Count);
            switch (chance.Next(5))
            {
                case 0:
                    copy.RemoveAt(at);
                    break;
                case 1:
                    copy.Insert(at, (byte)chance.Next(32, 127));
                    break;
                case 2:
                    copy[at] = (byte)chance.Next(256);
                    break;
                case 3:
                    copy[at] = (byte)"0123456789.\"{}[],:eE-"[chance.Next(21)];
                    break;
                default:
                    copy.RemoveRange(at, Math.Min(copy.Count - at, chance.Next(1, 30)));
                    break;
            }
        }

        return [.. copy];
    }
}
