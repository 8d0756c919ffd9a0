using Xunit.Abstractions;

namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>
/// The paper engine against a matcher written in another language by somebody who knew the rules and not the engine
/// (tests/reference-matcher): random orders over the recorded BTCUSDT stream of 2024-08-08 must end alike, fill by fill, to the last digit.
/// </summary>
public sealed class ReferenceMatcherTests(ITestOutputHelper output) : IDisposable
{
    private const string Recording = "data/streams/binance_spot_btcusdt_20240808.txt.gz";
    private const int Shown = 5;

    /// <summary>Seeds and how many orders each; the last stand so close that they meet at one event and one level.</summary>
    private static readonly (int Seed, int Orders)[] Plans = [(1, 400), (2, 400), (3, 400), (4, 400), (5, 400), (22, 400), (101, 4_000)];

    /// <summary>Readings that differ from those the reference chose by itself. Each has its reason in docs/decisions/0010-reference-matcher.md.</summary>
    private static readonly string[] Readings =
    [
        "firedActs=withNext", "trailingSeed=last", "priority=priceTime", "noBook=joins", "tradeSharing=queued", "queueReading=reconciled",
        "bookSource=depth", "bookCause=quote", "flatLimit=slipped", "spentQuotes=pass", "tickerSize=unknown", "offStep=floor", "postOnlyAgainst=offered",
    ];

    /// <summary>Fewer maker fills of a model, or fewer taker fills, would prove too little.</summary>
    private static readonly Dictionary<string, int> LeastFills = new(StringComparer.Ordinal)
    {
        ["touch"] = 80,
        ["through"] = 70,
        ["queue"] = 1_500,
        ["book"] = 700,
        ["usual"] = 2_500,
        ["taker"] = 9_000,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("lastro-reference-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedFact(Recording)]
    public async Task Every_order_ends_as_the_reference_says()
    {
        var (recording, events) = (SharedData.Path(Recording), RecordedEvent.All(Recording));
        var (orders, fills, differences) = (0, new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var (seed, count) in Plans)
        {
            var (file, plan) = await ReferenceRun.Generate(seed, count, recording, _folder);
            var expected = await ReferenceRun.Match(recording, file, Readings);
            var actual = await RecordedLane.Run(recording, events, plan);
            expected.Count.ShouldBe(plan.Count);
            foreach (var (order, theirs, ours) in plan.Zip(expected, actual))
            {
                orders++;
                foreach (var fill in ours.Fills)
                {
                    var kind = fill.Maker ? order.Model ?? "usual" : "taker";
                    fills[kind] = fills.GetValueOrDefault(kind) + 1;
                }

                if (theirs.Show() != ours.Show()) differences.Add($"seed {seed}, {order}\nreference: {theirs.Show()}\nengine:    {ours.Show()}");
            }
        }

        output.WriteLine($"{orders} orders compared, {differences.Count} differ; fills: {string.Join(", ", fills.Select(fill => $"{fill.Key} {fill.Value}"))}");
        differences.Count.ShouldBe(0, string.Join("\n\n", differences.Take(Shown)));
        orders.ShouldBe(Plans.Sum(plan => plan.Orders));
        foreach (var (kind, least) in LeastFills) fills.GetValueOrDefault(kind).ShouldBeGreaterThanOrEqualTo(least, kind);
    }

    [SharedFact(Recording)]
    public async Task The_same_orders_over_the_same_recording_fill_alike_to_the_last_digit()
    {
        var (recording, events) = (SharedData.Path(Recording), RecordedEvent.All(Recording));
        var (_, plan) = await ReferenceRun.Generate(seed: 9, count: 400, recording, _folder);
        var (once, again) = (await RecordedLane.Run(recording, events, plan), await RecordedLane.Run(recording, events, plan));
        once.Select(outcome => outcome.Show()).ShouldBe(again.Select(outcome => outcome.Show()));
        once.Sum(outcome => outcome.Fills.Count).ShouldBeGreaterThan(2_000);
    }

    [SharedFact(Recording)]
    public async Task The_reference_keeps_its_own_tests()
    {
        var report = await ReferenceRun.Node("--test");
        report.ShouldContain("# fail 0");
        int.Parse(report.Split("# pass ")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(40);
    }
}
