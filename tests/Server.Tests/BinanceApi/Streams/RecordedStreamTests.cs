using System.Globalization;
using System.Text.Json;
using Lastro.Server.BinanceApi.Streams;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Tests.BinanceApi.Market;
using Lastro.Server.Tests.Markets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.BinanceApi.Streams;

/// <summary>Binance's own streams, recorded, beside ours.</summary>
public sealed class RecordedStreamTests
{
    private const string Day = "data/streams/binance_spot_btcusdt_20240808.txt.gz";
    private const string Tickers = "data/payloads/ws_tickers_2025.jsonl";
    private const string Older = "data/streams/cryptofeed/BINANCE.ws.1.0.txt.gz";
    private const string Samples = "data/payloads/jkorf_binance.net.jsonl.gz";

    private static readonly JsonDocumentOptions _loose = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    [SharedFact(Day)]
    public async Task A_recorded_day_played_again_is_told_word_for_word()
    {
        var recorded = SharedData.Lines(Day).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).ToList();
        await using var rig = await Replay(("Replay:Pause", "true"));
        using var client = await WireClient.Connect(rig.Address, "/binance/stream?streams=btcusdt@trade");
        await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        rig.Services.GetRequiredService<MarketBoard>().Running!.Market.Replay!.Play();

        var trades = 0;
        foreach (var line in recorded.Where(line => line.Contains("@trade\"", StringComparison.Ordinal)))
        {
            WithoutEventTime((await client.Next())!.Value).ShouldBe(WithoutEventTime(JsonElement.Parse(line)));
            trades++;
        }

        trades.ShouldBe(9_757);
    }

    [SharedFact(Day)]
    public async Task A_recorded_book_followed_by_our_changes_ends_as_it_ended()
    {
        var (wanted, ours) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        await using var rig = await Replay(("Replay:Pause", "true"));
        using var client = await WireClient.Connect(rig.Address, "/binance/ws/btcusdt@depth@100ms");
        await client.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        rig.Services.GetRequiredService<MarketBoard>().Running!.Market.Replay!.Play();

        var begun = 0L;
        var last = 0L;
        var end = SharedData.Lines(Day).Where(line => line.Contains("\"depthUpdate\"", StringComparison.Ordinal))
            .Select(line => JsonElement.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).GetProperty("data")).ToList();
        var final = end[^1].GetProperty("u").GetInt64();
        while (last < final)
        {
            var change = await client.Event("depthUpdate");
            if (begun == 0) begun = change.GetProperty("U").GetInt64();
            else change.GetProperty("U").GetInt64().ShouldBe(last + 1);
            last = change.GetProperty("u").GetInt64();
            Note(ours, change);
        }

        foreach (var change in end.Where(change => change.GetProperty("U").GetInt64() >= begun)) Note(wanted, change);
        begun.ShouldBeLessThan(final);
        ours.Count.ShouldBeGreaterThan(1_000);
        wanted.Where(level => ours.GetValueOrDefault(level.Key) != level.Value).ShouldBeEmpty();
        last.ShouldBe(final);
    }

    [SharedFact(Tickers)]
    public async Task Each_event_has_the_places_and_types_that_were_recorded()
    {
        var ours = await OneOfEach();
        var compared = new List<string>();
        foreach (var line in SharedData.Lines(Tickers).Concat(SharedData.Lines(Day).Take(200)).Concat(SharedData.Lines(Older)))
        {
            var from = line.IndexOf("{\"stream\"", StringComparison.Ordinal);
            if (from < 0) continue;
            var message = JsonElement.Parse(line[from..]);
            var kind = message.GetProperty("stream").GetString()!.Split('@', 2)[1];
            if (!ours.TryGetValue(kind, out var mine) || compared.Contains(kind)) continue;
            var theirs = Shape.Of(message.GetProperty("data"));
            // An empty side of a change has no levels to compare, and trades once named the orders, which nobody sees any more.
            if (kind.StartsWith("depth", StringComparison.Ordinal) && theirs.Count < 9) continue;
            Shape.Of(mine).ShouldBe(theirs, kind);
            compared.Add(kind);
        }

        compared.Order().ShouldBe(new[] { "aggTrade", "bookTicker", "depth@100ms", "kline_1m", "miniTicker", "trade" }.Order());
    }

    [SharedFact(Samples)]
    public async Task Each_event_has_the_places_another_clients_tests_are_made_of()
    {
        var ours = await OneOfEach();
        var compared = new List<string>();
        foreach (var sample in SharedData.Lines(Samples).Select(line => JsonElement.Parse(line)).Where(sample => sample.GetProperty("path").GetString()!.Contains("/Subscriptions/Spot/ExchangeData/", StringComparison.Ordinal)))
        {
            var text = sample.GetProperty("text").GetString()!;
            using var document = JsonDocument.Parse(text[(text.IndexOf("\n=", StringComparison.Ordinal) + 2)..], _loose);
            var kind = document.RootElement.GetProperty("stream").GetString()!.Split('@', 2)[^1];
            if (!ours.TryGetValue(kind, out var mine)) continue;
            // The samples write amounts of any length; "a" and "b" of a trade went with the orders' ids.
            Rough(mine).ShouldBe(Rough(document.RootElement.GetProperty("data")).Where(line => kind != "trade" || line is not ("$.a: whole" or "$.b: whole")), kind);
            compared.Add(kind);
        }

        compared.Count.ShouldBeGreaterThanOrEqualTo(6, string.Join(' ', compared));
    }

    private static IEnumerable<string> Rough(JsonElement value) =>
        Shape.Of(value).Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"\[\d*\]", "[]", System.Text.RegularExpressions.RegexOptions.NonBacktracking)).Select(line => System.Text.RegularExpressions.Regex.Replace(line, @": (?:amount\d+|text)$", ": text", System.Text.RegularExpressions.RegexOptions.NonBacktracking)).Distinct();

    private static void Note(Dictionary<string, string> book, JsonElement change)
    {
        foreach (var side in new[] { "b", "a" })
        {
            foreach (var level in change.GetProperty(side).EnumerateArray()) book[side + level[0].GetString()] = level[1].GetString()!;
        }
    }

    private static string WithoutEventTime(JsonElement message) =>
        string.Join(' ', message.GetProperty("data").EnumerateObject().Where(property => property.Name != "E").Select(property => $"{property.Name}={property.Value}").Prepend(message.GetProperty("stream").GetString()));

    /// <summary>An event of each stream, by what follows the pair.</summary>
    private static async Task<Dictionary<string, JsonElement>> OneOfEach()
    {
        await using var scene = await StreamScene.Set();
        await scene.Depth(10, 10, true, [(100m, 1m), (99m, 1m)], [(101m, 1m), (102m, 1m)]);
        string[] kinds = ["aggTrade", "bookTicker", "depth@100ms", "kline_1m", "kline_8h", "miniTicker", "trade", "ticker", "ticker_1h", "avgPrice", "depth5@100ms"];
        using var client = await scene.Connect("/stream?streams=" + string.Join('/', kinds.Select(kind => $"btcusdt@{kind}")));
        await scene.Heard("btcusdt@depth5@100ms");
        await Task.Delay(250);
        await scene.Trade(7, 100m, 5);
        await scene.Pair().Top(new(11, new(100m), new(1m), new(101m), new(1m), StreamScene.StartMs));
        await scene.Depth(11, 11, false, [(100m, 2m)], [(101m, 2m)]);
        var seen = new Dictionary<string, JsonElement>();
        while (seen.Count < kinds.Length)
        {
            var message = (await client.Next())!.Value;
            seen[message.GetProperty("stream").GetString()!["btcusdt@".Length..]] = message.GetProperty("data");
        }

        return seen;
    }

    private static Task<MarketRig> Replay(params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        all["Market"] = $"replay:{SharedData.Path(Day)}";
        all["Replay:Speed"] = "max";
        all["Replay:Symbol"] = "BTCUSDT";
        all["BinanceApi:Sockets:WaitingFrames"] = 100_000.ToString(CultureInfo.InvariantCulture);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        return MarketRig.Start(new RigOptions { Settings = all, Services = services => services.AddMarketStreams(configuration), Map = app => app.MapMarketStreams() });
    }
}
