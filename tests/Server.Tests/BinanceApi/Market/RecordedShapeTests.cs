using System.Text.Json;
using Lastro.Server.Tests.BinanceApi.Wire;
using Lastro.Server.Tests.Host;

namespace Lastro.Server.Tests.BinanceApi.Market;

/// <summary>Each answer beside Binance's own: recorded calls (gct) and the payloads another client's tests are made of (jkorf).</summary>
public sealed class RecordedShapeTests : IAsyncLifetime
{
    private const string Recorded = "data/payloads/gct_binance_spot.jsonl.gz";
    private const string Sampled = "data/payloads/jkorf_binance.net.jsonl.gz";

    private static readonly JsonDocumentOptions _loose = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Younger than the recording, by rest-api.md.</summary>
    private static readonly string[] _younger = ["$.symbols[].opoAllowed: boolean", "$.symbols[].pegInstructionsAllowed: boolean"];

    private TestHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.Start("--BinanceApi:WeightPerMinute", "0");
        for (var wait = 0; wait < 100 && (await Ask("/api/v3/ticker/24hr?symbol=BTCUSDT")).GetProperty("count").GetInt64() == 0; wait++) await Task.Delay(100);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SharedFact(Recorded)]
    public async Task Recorded_answers_have_the_same_shape()
    {
        var ours = new Dictionary<string, JsonElement>
        {
            ["/api/v3/trades"] = await Ask("/api/v3/trades?symbol=BTCUSDT&limit=5"),
            ["/api/v3/aggTrades"] = await Ask("/api/v3/aggTrades?symbol=BTCUSDT&limit=5"),
            ["/api/v3/klines"] = await Ask("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=5"),
        };
        var (one, many) = (await Ask("/api/v3/ticker/24hr?symbol=BTCUSDT"), await Ask("/api/v3/ticker/24hr"));
        var compared = new List<string>();
        foreach (var call in SharedData.Lines(Recorded).Select(line => JsonElement.Parse(line)))
        {
            var (path, data) = (call.GetProperty("path").GetString()!, call.GetProperty("data"));
            // The recorder scrubbed one key of some answers to an empty name.
            if (data.GetRawText().Contains("\"\":", StringComparison.Ordinal)) continue;
            if (path == "/api/v3/ticker/24hr") Same(data.ValueKind == JsonValueKind.Array ? many : one, data, path);
            else if (ours.TryGetValue(path, out var answer)) Same(answer, data, path);
            else continue;
            compared.Add(path);
        }

        compared.Distinct().Count().ShouldBe(4);
        compared.Count.ShouldBeGreaterThan(15);
    }

    [SharedFact(Recorded)]
    public async Task A_pair_is_described_as_binance_describes_its_own()
    {
        var recorded = SharedData.Lines(Recorded).Select(line => JsonElement.Parse(line)).Single(call => call.GetProperty("path").GetString() == "/api/v3/exchangeInfo").GetProperty("data");
        var (theirs, ours) = (Shape.Of(recorded), Shape.Of(await Ask("/api/v3/exchangeInfo")));
        ours.Where(line => !theirs.Contains(line) && !_younger.Contains(line) && !line.Contains("[NOTIONAL]", StringComparison.Ordinal)).ShouldBeEmpty("no place of its own");
        var filters = recorded.GetProperty("symbols").EnumerateArray().SelectMany(pair => pair.GetProperty("filters").EnumerateArray()).ToList();
        foreach (var filter in (await Ask("/api/v3/exchangeInfo?symbol=BTCUSDT")).GetProperty("symbols")[0].GetProperty("filters").EnumerateArray())
        {
            var alike = filters.Where(other => other.GetProperty("filterType").GetString() == filter.GetProperty("filterType").GetString()).ToList();
            alike.ShouldNotBeEmpty();
            alike.ShouldContain(other => Shape.Of(other).SetEquals(Shape.Of(filter)), filter.ToString());
        }

        theirs.Where(line => !line.Contains(".filters[", StringComparison.Ordinal) && !ours.Contains(line)).ShouldBeEmpty("nothing left out but filters that do not hold here");
    }

    [SharedFact(Sampled)]
    public async Task Sampled_answers_have_the_same_shape()
    {
        var calls = new Dictionary<string, string>
        {
            ["GetAvgPrice"] = "/api/v3/avgPrice?symbol=BTCUSDT",
            ["GetBookPrice"] = "/api/v3/ticker/bookTicker?symbol=BTCUSDT",
            ["GetTradeHistory"] = "/api/v3/historicalTrades?symbol=BTCUSDT",
            ["GetRollingWindowTicker"] = "/api/v3/ticker?symbol=BTCUSDT&windowSize=1h",
            ["GetTradingDayTicker"] = "/api/v3/ticker/tradingDay?symbol=BTCUSDT",
            ["GetUiKlines"] = "/api/v3/uiKlines?symbol=BTCUSDT&interval=1h&limit=3",
            ["GetAggregatedTradeHistory"] = "/api/v3/aggTrades?symbol=BTCUSDT",
        };
        var compared = 0;
        foreach (var file in SharedData.Lines(Sampled).Select(line => JsonElement.Parse(line)))
        {
            var path = file.GetProperty("path").GetString()!;
            if (!path.Contains("/Endpoints/Spot/ExchangeData/", StringComparison.Ordinal) || !calls.TryGetValue(Path.GetFileNameWithoutExtension(path), out var call)) continue;
            var text = file.GetProperty("text").GetString()!.Split('\n', 4);
            text[1].ShouldBe(call[..call.IndexOf('?', StringComparison.Ordinal)]);
            Same(await Ask(call), JsonDocument.Parse(text[3], _loose).RootElement, path);
            compared++;
        }

        compared.ShouldBe(calls.Count);
    }

    /// <summary>The documentation's own sample: rest-api.md, "Order book" and "Symbol price ticker".</summary>
    [Fact]
    public async Task Book_and_price_have_the_documented_shape()
    {
        Same(await Ask("/api/v3/depth?symbol=BTCUSDT&limit=5"), JsonElement.Parse("""{"lastUpdateId":1027024,"bids":[["4.00000000","431.00000000"]],"asks":[["4.00000200","12.00000000"]]}"""), "depth");
        Same(await Ask("/api/v3/ticker/price?symbol=BTCUSDT"), JsonElement.Parse("""{"symbol":"LTCBTC","price":"4.00000200"}"""), "price");
        Same(await Ask("/api/v3/ticker/price"), JsonElement.Parse("""[{"symbol":"LTCBTC","price":"4.00000200"}]"""), "prices");
    }

    private static void Same(JsonElement ours, JsonElement theirs, string what)
    {
        // Binance cuts quoteQty at the pair's digits in one sample; eight everywhere else.
        var (mine, other) = (Shape.Of(ours), Shape.Of(theirs).Select(line => line.Replace("quoteQty: amount6", "quoteQty: amount8", StringComparison.Ordinal)));
        mine.ShouldNotBeEmpty();
        mine.ToList().ShouldBe(other.Order(StringComparer.Ordinal).ToList(), what);
    }

    private async Task<JsonElement> Ask(string target)
    {
        var answer = await RawHttp.Once(_host.Address, "GET", "/binance" + target);
        answer.Status.ShouldBe(200, $"{target}: {answer.Body}");
        return answer.Json;
    }
}
