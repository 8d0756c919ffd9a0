using Lastro.Server.Backtests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Tests.Backtests;

public sealed class LabCrewTests
{
    [Fact]
    public async Task Its_threads_stand_back_behind_all_others()
    {
        using var crew = new LabCrew(Options.Create(new LabOptions { Workers = 2 }), NullLogger<LabCrew>.Instance);
        var (name, stat) = await crew.Count(() => (Thread.CurrentThread.Name, File.ReadAllText("/proc/thread-self/stat")), CancellationToken.None);
        name.ShouldStartWith("lab ");

        // proc(5): behind the name in brackets, nice is the seventeenth field. Linux keeps one for each thread.
        static int Nice(string line) => int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[16]);
        Nice(stat).ShouldBe(Math.Min(19, Nice(await File.ReadAllTextAsync("/proc/self/stat")) is var own && own > 10 ? own : 10));
    }

    [Fact]
    public async Task As_many_work_as_there_are_threads_and_failures_and_cancels_reach_who_waits()
    {
        using var crew = new LabCrew(Options.Create(new LabOptions { Workers = 2 }), NullLogger<LabCrew>.Instance);
        var (now, most) = (0, 0);
        var works = Enumerable.Range(0, 12).Select(n => crew.Count(
            () =>
            {
                var at = Interlocked.Increment(ref now);
                lock (crew) most = Math.Max(most, at);
                Thread.SpinWait(2_000_000);
                Interlocked.Decrement(ref now);
                return n;
            },
            CancellationToken.None)).ToList();
        (await Task.WhenAll(works)).ShouldBe(Enumerable.Range(0, 12));
        most.ShouldBe(2);
        (await Should.ThrowAsync<InvalidDataException>(() => crew.Count<int>(() => throw new InvalidDataException("broken"), CancellationToken.None))).Message.ShouldBe("broken");
        await Should.ThrowAsync<OperationCanceledException>(() => crew.Count(() => 1, new CancellationToken(canceled: true)));
        (await crew.Count(() => 5, CancellationToken.None)).ShouldBe(5, "it goes on");
    }
}
