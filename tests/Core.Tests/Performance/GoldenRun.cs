using System.Globalization;
using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Core.Performance;

namespace Lastro.Core.Tests.Performance;

/// <summary>The golden run of the shared fixtures: 400 days of hourly equity and the trades that made it.</summary>
internal static class GoldenRun
{
    public const string Folder = "fixtures/metrics";

    public static EquityTracker Equity()
    {
        var tracker = new EquityTracker(10_000, Timeframe.Parse("1h"), new() { Conventions = true });
        foreach (var line in SharedData.Lines($"{Folder}/equity_hourly.csv").Skip(1))
        {
            var cells = line.Split(',');
            tracker.Add(Time(cells[0]), Number(cells[1]));
        }

        return tracker;
    }

    public static ClosedTrade[] Trades() =>
    [
        .. SharedData.Lines($"{Folder}/trades.csv").Skip(1).Select(line => line.Split(',')).Select(cells => new ClosedTrade
        {
            EntryTimeMs = Time(cells[0]),
            ExitTimeMs = Time(cells[1]),
            Pnl = Number(cells[2]),
            PnlPercent = Number(cells[2]) / 1_000,
        }),
    ];

    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Path($"{Folder}/{file}")));
        return document.RootElement.Clone();
    }

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static void ShouldAgree(double? actual, double expected, string what, double tolerance = 1e-9)
    {
        actual.ShouldNotBeNull(what);
        Math.Abs(actual.Value - expected).ShouldBeLessThanOrEqualTo(
            tolerance * Math.Max(1e-12, Math.Abs(expected)), $"{what}: {actual:R} instead of {expected:R}");
    }

    private static long Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();
}
