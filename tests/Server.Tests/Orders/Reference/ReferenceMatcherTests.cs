using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Lastro.Server.Tests.Orders.Reference;

/// <summary>
/// The paper engine against a matcher written in another language by somebody who knew the rules and not the engine
/// (tests/reference-matcher): random orders over the recorded BTCUSDT stream of 2024-08-08 must end alike, fill by fill, to the last digit.
/// Every reading of an ambiguous rule that differs from the reference's own is named here and explained in docs/decisions/0009-reference-matcher.md.
/// </summary>
public sealed class ReferenceMatcherTests(ITestOutputHelper output)
{
    private const string Recording = "data/streams/binance_spot_btcusdt_20240808.txt.gz";
    private const int Seeds = 5;
    private const int Orders = 400;

    private static readonly string[] Decisions = [];

    [SharedFact(Recording)]
    public async Task Every_order_ends_as_the_reference_says()
    {
        var folder = Directory.CreateTempSubdirectory("lastro-reference-").FullName;
        var recording = SharedData.Path(Recording);
        var differences = new List<string>();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (file, plan) = await ReferenceRun.Generate(seed, Orders, recording, folder);
            var expected = await ReferenceRun.Match(recording, file, Decisions);
            var actual = RecordedLane.Run(recording, plan);
            if (Environment.GetEnvironmentVariable("COMPARE_DUMP") is { } dump) await File.WriteAllTextAsync(Path.Combine(dump, $"engine-{seed}.json"), JsonSerializer.Serialize(actual, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
            foreach (var (order, theirs, ours) in plan.Zip(expected, actual))
            {
                if (theirs.Show() != ours.Show()) differences.Add($"seed {seed} order {order}\nreference: {theirs.Show()}\nengine: {ours.Show()}");
            }
        }

        output.WriteLine($"{differences.Count}");
        differences.ShouldBeEmpty();
    }
}
