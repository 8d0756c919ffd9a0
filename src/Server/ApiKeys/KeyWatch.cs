using System.Data.Common;
using System.Net;

namespace Lastro.Server.ApiKeys;

/// <summary>Twice a second learns which keys were ended elsewhere, and every two seconds writes down which were used, in one statement.</summary>
internal sealed class KeyWatch(KeyRing ring, KeyStore store, TimeProvider clock, ILogger<KeyWatch> log) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    // Longer than a transaction may take and clocks may differ, so that no end is missed between two looks.
    private static readonly TimeSpan _overlap = TimeSpan.FromMinutes(2);
    private const int LooksPerWrite = 4;

    private DateTimeOffset _since;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _since = clock.GetUtcNow() - _overlap;
        for (var look = 1; !stoppingToken.IsCancellationRequested; look++)
        {
            await Try("The ends of API keys could not be looked up", Look, stoppingToken);
            if (look % LooksPerWrite == 0) await Try("The uses of API keys could not be written", Write, stoppingToken);
            await Task.Delay(_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Try("The last uses of API keys could not be written", Write, CancellationToken.None);
    }

    private async Task Look(CancellationToken cancellation)
    {
        var (begun, now) = (clock.GetTimestamp(), clock.GetUtcNow());
        ring.Ended(await store.RevokedSince(_since, cancellation));
        _since = now - _overlap;
        ring.Refreshed(begun, forget: now - _overlap - _overlap);
    }

    private async Task Write(CancellationToken cancellation)
    {
        var uses = new List<(Guid Key, long AtMs, IPAddress? From)>();
        var taken = new List<HeldKey>();
        foreach (var held in ring.All)
        {
            if (held.TakeUse() is not { } use) continue;
            taken.Add(held);
            uses.Add((held.Key.Id, use.AtMs, use.From));
        }

        if (uses.Count == 0) return;
        try
        {
            await store.WriteUses(uses, cancellation);
        }
        catch (Exception)
        {
            taken.ForEach(held => held.KeepUse());
            throw;
        }
    }

    private async Task Try(string failure, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(_patience);
        try
        {
            await work(limit.Token);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("{Failure}: {Reason}", failure, error.Message);
        }
        catch (Exception error) when (error is OperationCanceledException or DbException or TimeoutException)
        {
            log.LogDebug("{Failure}, and the server stops: {Reason}", failure, error.Message);
        }
    }
}
