using Lastro.Core.Markets;
using Lastro.Server.BinanceApi.Streams;

namespace Lastro.Server.Tests.BinanceApi.Streams;

public sealed class StreamNameTests
{
    [Fact]
    public void Every_stream_of_a_pair_is_found_by_its_name_and_bears_it()
    {
        var pair = new PairStreams(new Symbol("BTCUSDT"));
        string[] kinds =
        [
            "trade", "aggTrade", "bookTicker", "avgPrice", "miniTicker", "ticker", "ticker_1h", "ticker_4h", "ticker_1d", "depth", "depth@100ms", "depth@1000ms",
            .. new[] { 5, 10, 20 }.SelectMany(levels => new[] { $"depth{levels}", $"depth{levels}@100ms", $"depth{levels}@1000ms" }),
            .. "1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M".Split(' ').Select(interval => $"kline_{interval}"),
            .. "1m 3m 5m 15m 30m 1h 2h 4h 8h".Split(' ').Select(interval => $"kline_{interval}@+08:00"),
        ];
        var topics = new HashSet<WireTopic>();
        foreach (var kind in kinds)
        {
            StreamName.TryParse($"btcusdt@{kind}", out var name).ShouldBeTrue(kind);
            name.Symbol.ShouldBe(new Symbol("BTCUSDT"));
            var topic = pair.Topic(name);
            topic.Name.ShouldBe($"btcusdt@{kind}");
            topics.Add(topic).ShouldBeTrue($"{kind} is another's");
        }

        foreach (var name in new[] { "!miniTicker@arr", "!ticker@arr", "!ticker_1h@arr", "!ticker_4h@arr", "!ticker_1d@arr" })
        {
            StreamName.TryParse(name, out var stream).ShouldBeTrue(name);
            stream.Symbol.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("BTCUSDT@trade")]
    [InlineData("btcusdt@Trade")]
    [InlineData("btcusdt")]
    [InlineData("@trade")]
    [InlineData("btc/usdt@trade")]
    [InlineData("btcusdt@depth7")]
    [InlineData("btcusdt@depth5@200ms")]
    [InlineData("btcusdt@depth@")]
    [InlineData("btcusdt@kline_2m")]
    [InlineData("btcusdt@kline_")]
    [InlineData("btcusdt@kline_1d@+08:00")]
    [InlineData("btcusdt@kline_1M@+08:00")]
    [InlineData("btcusdt@ticker_2h")]
    [InlineData("!trade@arr")]
    [InlineData("!bookTicker")]
    [InlineData("!@arr")]
    [InlineData("!")]
    [InlineData("")]
    public void Other_names_are_none(string name) => StreamName.TryParse(name, out _).ShouldBeFalse();
}
