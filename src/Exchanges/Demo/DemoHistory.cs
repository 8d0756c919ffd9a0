using Lastro.Core;
using Lastro.Core.Markets;

namespace Lastro.Exchanges.Demo;

/// <summary>Closed candles of any length, computed on demand. One-minute candles are built from their trades, longer ones from parts of the day.</summary>
internal static class DemoHistory
{
    /// <summary>More than this are not given at once.</summary>
    private const int MaxCandles = 20_000;

    private const long MinuteMs = 60_000;
    private const long DayMs = 86_400_000;

    /// <summary>The longest part that a timeframe is a whole number of.</summary>
    private static readonly string[] PartCodes = ["1d", "2h", "1h", "30m", "15m", "1m"];

    public static List<Candle> Candles(DemoPath path, Timeframe timeframe, long fromMs, long toMs, int limit)
    {
        var count = Math.Clamp(limit, 0, MaxCandles);
        if (count == 0)
            return [];
        var end = timeframe.OpenOf(toMs);
        var start = timeframe.LengthMs == 0
            ? DateTimeOffset.FromUnixTimeMilliseconds(end).AddMonths(-count).ToUnixTimeMilliseconds()
            : end - (count * timeframe.LengthMs);
        start = Math.Max(start, timeframe.OpenOf(Math.Max(fromMs, start)));
        var part = PartCodes.Select(Timeframe.Parse)
            .First(candidate => timeframe.LengthMs == 0 || timeframe.LengthMs % candidate.LengthMs == 0);
        var rolled = CandleRollup.Of(Parts(path, part, start, end), timeframe, part);
        return [.. rolled.Where(span => span.Complete && span.Candle.OpenTimeMs >= fromMs).Select(span => span.Candle).TakeLast(count)];
    }

    private static IEnumerable<Candle> Parts(DemoPath path, Timeframe part, long startMs, long endMs)
    {
        if (part == Timeframe.Minute)
        {
            foreach (var minute in Minutes(path, startMs / MinuteMs, endMs / MinuteMs))
                yield return minute;
            yield break;
        }

        var spans = new List<DemoSpan>();
        var day = DemoPath.FloorDivide(startMs, DayMs);
        for (var dayOpen = path.OpenOf(day); day * DayMs < endMs; day++)
        {
            spans.Clear();
            var dayClose = path.OpenOf(day + 1);
            path.Parts(path.Day(day, dayOpen, dayClose), (int)(part.LengthMs / MinuteMs), spans);
            dayOpen = dayClose;
            foreach (var span in spans)
            {
                var open = span.StartMinute * MinuteMs;
                if (open >= startMs && open + part.LengthMs <= endMs)
                    yield return ToCandle(path.Pair, span);
            }
        }
    }

    private static IEnumerable<Candle> Minutes(DemoPath path, long first, long end)
    {
        var trades = new List<MarketTrade>();
        var ended = new List<EndedCandle>(1);
        for (var minute = first; minute < end; minute++)
        {
            DemoMinute.Trades(path, minute, trades);
            var builder = new CandleBuilder(trades[0].Id);
            foreach (var trade in trades)
                builder.Add(trade, ended);
            yield return builder.Current;
        }
    }

    /// <summary>The quote volume is the mean of the four prices times the volume: exact sums are only kept by the minute.</summary>
    private static Candle ToCandle(DemoPair pair, in DemoSpan span)
    {
        var trades = span.Minutes * pair.TradesPerMinute;
        var (prices, volume) = (span.Prices, (span.ExtraSteps + trades) * pair.Step);
        return new Candle
        {
            OpenTimeMs = span.StartMinute * MinuteMs,
            Open = new Price(prices.Open * pair.Tick),
            High = new Price(prices.High * pair.Tick),
            Low = new Price(prices.Low * pair.Tick),
            Close = new Price(prices.Close * pair.Tick),
            Volume = new Quantity(volume),
            QuoteVolume = volume * pair.Tick * (prices.Open + prices.High + prices.Low + prices.Close) / 4m,
            Trades = trades,
        };
    }
}
