using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lastro.Exchanges.Tests.Binance.Loopback;

/// <summary>One message as an exchange sends it: on which stream, and when (milliseconds since the start of the recording).</summary>
internal sealed record Sent(string Stream, byte[] Json);

/// <summary>A recorded trade, by System.Text.Json.</summary>
internal sealed record RecordedTrade(long Id, string Price, string Quantity, long TimeMs, bool BuyerIsMaker);

/// <summary>
/// The exchange behind the loopback server: steps through the recording, keeps its own naive book and candles, and answers for
/// what has happened so far. Deliberately shares no code with the client.
/// </summary>
internal sealed class Playback
{
    private const long KlineEveryMs = 2_000;

    private readonly (double AtMs, string Stream, byte[] Json)[] _entries;
    private readonly Dictionary<long, int> _tradeAt = [];
    private readonly List<RecordedTrade> _trades = [];
    private readonly SortedDictionary<decimal, string> _bids = [];
    private readonly SortedDictionary<decimal, string> _asks = [];
    private readonly List<RecordedTrade> _minute = [];
    private long _updateId;
    private double _nextKlineMs;

    public Playback()
    {
        var entries = new List<(double, string, byte[])>();
        var startNs = Recording.Messages[0].ReceivedNs;
        foreach (var (receivedNs, json) in Recording.Messages)
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty("lastUpdateId", out var id))
                Prime(document.RootElement, id.GetInt64());
            else
                entries.Add(((receivedNs - startNs) / 1e6, document.RootElement.GetProperty("stream").GetString()!, json));
        }

        _entries = [.. entries];
    }

    /// <summary>Messages played so far and in all.</summary>
    public (int Done, int All) Progress { get; private set; } = (0, 1);

    /// <summary>Recording time of the next message; infinite at the end.</summary>
    public double NextAtMs => Progress.Done < _entries.Length ? _entries[Progress.Done].AtMs : double.PositiveInfinity;

    /// <summary>Exchange time of the last trade so far.</summary>
    public long NowMs => _trades.Count > 0 ? _trades[^1].TimeMs : 1723161254000;

    /// <summary>Plays the next message: it happens, and these are sent.</summary>
    public IEnumerable<Sent> Step()
    {
        var (atMs, stream, json) = _entries[Progress.Done];
        Progress = (Progress.Done + 1, _entries.Length);
        using var document = JsonDocument.Parse(json);
        var data = document.RootElement.GetProperty("data");
        if (stream.EndsWith("@trade", StringComparison.Ordinal))
        {
            foreach (var closed in Count(data))
                yield return closed;
        }
        else if (stream.Contains("@depth", StringComparison.Ordinal) && data.GetProperty("u").GetInt64() > _updateId)
        {
            Apply(_bids, data.GetProperty("b"));
            Apply(_asks, data.GetProperty("a"));
            _updateId = data.GetProperty("u").GetInt64();
        }

        yield return new Sent(stream, json);
        if (atMs < _nextKlineMs || _minute.Count == 0)
            yield break;
        _nextKlineMs = atMs + KlineEveryMs;
        yield return Kline(closed: false);
        yield return MiniTickers();
    }

    /// <summary>What an exchange without trades still says now and then.</summary>
    public IEnumerable<Sent> Idle() => _minute.Count == 0 ? [] : [Kline(closed: false), MiniTickers()];

    /// <summary>Last update, best bid and best ask of the book so far.</summary>
    public (long UpdateId, decimal Bid, string BidQuantity, decimal Ask, string AskQuantity) Best =>
        (_updateId, _bids.Last().Key, _bids.Last().Value, _asks.First().Key, _asks.First().Value);

    public string Snapshot(int limit)
    {
        var text = new StringBuilder("{\"lastUpdateId\":").Append(_updateId);
        Levels(text.Append(",\"bids\":["), _bids.Reverse().Take(limit));
        Levels(text.Append("],\"asks\":["), _asks.Take(limit));
        return text.Append("]}").ToString();
    }

    public string Trades(long fromId, int limit)
    {
        var from = _trades.Count == 0 || fromId <= _trades[0].Id ? 0 : _tradeAt.GetValueOrDefault(fromId, _trades.Count);
        return "[" + string.Join(',', _trades.Skip(from).Take(limit).Select(trade =>
            $"{{\"id\":{trade.Id},\"price\":\"{trade.Price}\",\"qty\":\"{trade.Quantity}\",\"quoteQty\":\"0\",\"time\":{trade.TimeMs},"
            + $"\"isBuyerMaker\":{(trade.BuyerIsMaker ? "true" : "false")},\"isBestMatch\":true}}")) + "]";
    }

    private void Prime(JsonElement snapshot, long id)
    {
        Apply(_bids, snapshot.GetProperty("bids"));
        Apply(_asks, snapshot.GetProperty("asks"));
        _updateId = id;
    }

    private List<Sent> Count(JsonElement data)
    {
        var trade = new RecordedTrade(
            data.GetProperty("t").GetInt64(), data.GetProperty("p").GetString()!, data.GetProperty("q").GetString()!,
            data.GetProperty("T").GetInt64(), data.GetProperty("m").GetBoolean());
        var closed = new List<Sent>();
        if (_minute.Count > 0 && _minute[0].TimeMs / 60_000 != trade.TimeMs / 60_000)
        {
            closed.Add(Kline(closed: true));
            _minute.Clear();
        }

        _tradeAt[trade.Id] = _trades.Count;
        _trades.Add(trade);
        _minute.Add(trade);
        return closed;
    }

    private static void Apply(SortedDictionary<decimal, string> side, JsonElement levels)
    {
        foreach (var level in levels.EnumerateArray())
        {
            var (price, quantity) = (level[0].GetString()!, level[1].GetString()!);
            if (decimal.Parse(quantity, CultureInfo.InvariantCulture) == 0m)
                side.Remove(decimal.Parse(price, CultureInfo.InvariantCulture));
            else
                side[decimal.Parse(price, CultureInfo.InvariantCulture)] = quantity;
        }
    }

    private static void Levels(StringBuilder text, IEnumerable<KeyValuePair<decimal, string>> levels) =>
        text.AppendJoin(',', levels.Select(level => $"[\"{level.Key.ToString("F8", CultureInfo.InvariantCulture)}\",\"{level.Value}\"]"));

    private Sent Kline(bool closed)
    {
        var open = _minute[0].TimeMs / 60_000 * 60_000;
        var prices = _minute.Select(trade => decimal.Parse(trade.Price, CultureInfo.InvariantCulture)).ToList();
        var volume = _minute.Sum(trade => decimal.Parse(trade.Quantity, CultureInfo.InvariantCulture));
        var json = $"{{\"stream\":\"btcusdt@kline_1m\",\"data\":{{\"e\":\"kline\",\"E\":{NowMs},\"s\":\"BTCUSDT\",\"k\":{{\"t\":{open},\"T\":{open + 59_999},"
            + $"\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":{_minute[0].Id},\"L\":{_minute[^1].Id},\"o\":\"{prices[0]}\",\"c\":\"{prices[^1]}\",\"h\":\"{prices.Max()}\","
            + $"\"l\":\"{prices.Min()}\",\"v\":\"{volume}\",\"n\":{_minute.Count},\"x\":{(closed ? "true" : "false")},\"q\":\"1.0\",\"V\":\"0.5\",\"Q\":\"0.5\",\"B\":\"0\"}}}}}}";
        return new Sent("btcusdt@kline_1m", Encoding.UTF8.GetBytes(json));
    }

    private Sent MiniTickers()
    {
        static string One(string symbol, string price, long time) => $"{{\"e\":\"24hrMiniTicker\",\"E\":{time},\"s\":\"{symbol}\",\"c\":\"{price}\","
            + $"\"o\":\"{price}\",\"h\":\"{price}\",\"l\":\"{price}\",\"v\":\"10.00000000\",\"q\":\"18.00000000\"}}";
        var json = $"{{\"stream\":\"!miniTicker@arr\",\"data\":[{One("BTCUSDT", _minute[^1].Price, NowMs)},{One("ETHUSDT", "2600.10000000", NowMs)},"
            + $"{One("币安人生USDT", "0.10000000", NowMs)}]}}";
        return new Sent("!miniTicker@arr", Encoding.UTF8.GetBytes(json));
    }
}
