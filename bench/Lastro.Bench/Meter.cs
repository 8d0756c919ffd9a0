using System.Diagnostics;
using System.Globalization;

namespace Lastro.Bench;

/// <summary>Medians of several rounds, printed beside each other.</summary>
internal static class Meter
{
    private const int Rounds = 7;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs <paramref name="once"/> (which does <paramref name="items"/> things) for a while and gives things per second and bytes allocated per thing.</summary>
    public static (double PerSecond, double Bytes) Measure(long items, Action once)
    {
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < RoundLength * 2)
            once();
        var rates = new List<double>();
        var bytes = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var (clock, done, before) = (Stopwatch.StartNew(), 0L, GC.GetAllocatedBytesForCurrentThread());
            while (clock.Elapsed < RoundLength)
            {
                once();
                done += items;
            }

            rates.Add(done / clock.Elapsed.TotalSeconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)done;
        }

        rates.Sort();
        return (rates[Rounds / 2], bytes);
    }

    public static void Print(string what, (double PerSecond, double Bytes) ours, string bound, (double PerSecond, double Bytes) theirs, string? wanted = null) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-34} {ours.PerSecond / 1e6,8:F2} M/s {ours.Bytes,7:F1} B each | {bound,-34} {theirs.PerSecond / 1e6,8:F2} M/s {theirs.Bytes,7:F1} B each | {ours.PerSecond / theirs.PerSecond,5:P0}{(wanted is null ? "" : $" | wanted {wanted}")}"));
}
