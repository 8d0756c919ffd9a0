namespace Lastro.Exchanges.Tests.Binance;

/// <summary>Many faults at random moments; a seed that fails fails again.</summary>
public sealed class MixedFaultsTests
{
    [SharedFact(Recording.Stream)]
    public Task Seed_1() => Survives(1);

    [SharedFact(Recording.Stream)]
    public Task Seed_2() => Survives(2);

    [SharedFact(Recording.Stream)]
    public Task Seed_3() => Survives(3);

    [SharedFact(Recording.Stream)]
    public Task Seed_4() => Survives(4);

    private static async Task Survives(int seed)
    {
        var chance = new Random(seed);
        await using var run = await SourceRun.Start(seed: seed);
        // Before the first trade nobody knows that any is missing.
        await run.Until(() => run.Seen.LastTradeId >= SourceRun.FirstTrade);
        for (var share = 0.05; share < 0.97; share += 0.02 + (chance.NextDouble() * 0.12))
        {
            await run.Server.Until(share);
            Break(run, chance);
        }

        run.Server.Faults.Deaf = false;
        run.Server.Faults.SetMute("*", on: false);
        await run.Finish();
        run.ShouldBeWhole(leastTops: 0);
    }

    private static void Break(SourceRun run, Random chance)
    {
        var faults = run.Server.Faults;
        faults.Deaf = false;
        faults.SetMute("*", on: false);
        switch (chance.Next(10))
        {
            case 0:
                run.Server.ForEachSocket(socket => socket.Cut());
                break;
            case 1:
                faults.Arm("skip@trade", chance.Next(1, 200));
                break;
            case 2:
                faults.Arm("skip@depth@100ms", chance.Next(1, 10));
                break;
            case 3:
                faults.Arm("double", chance.Next(1, 500));
                break;
            case 4:
                faults.Arm("garbage", chance.Next(1, 20));
                break;
            case 5:
                faults.Arm("429", 1);
                break;
            case 6:
                faults.SetMute("*", on: true);
                break;
            case 7:
                faults.Deaf = true;
                faults.SetMute("*", on: true);
                break;
            case 8:
                faults.Arm("refuse", 1);
                run.Server.ForEachSocket(socket => socket.Cut());
                break;
            default:
                run.Server.ForEachSocket(socket => socket.Forget("@trade"));
                break;
        }
    }
}
