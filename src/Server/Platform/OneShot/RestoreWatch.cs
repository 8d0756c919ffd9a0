namespace Lastro.Server.Platform.OneShot;

/// <summary>Notices that a one-shot has put another database in place, and ends the host so that it starts anew: what it holds in memory is of the old one.</summary>
internal sealed class RestoreWatch(DataFolder data, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RestoreWatch> log) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    public bool Restored { get; private set; }

    public static void Tell(DataFolder data) => File.WriteAllText(Mark(data), "");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        File.Delete(Mark(data));
        using var timer = new PeriodicTimer(_pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (!File.Exists(Mark(data))) continue;
                Restored = true;
                log.LogWarning("The database was restored from a backup; the server starts anew");
                lifetime.StopApplication();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("No restore was seen");
        }
    }

    private static string Mark(DataFolder data) => Path.Combine(data.Path, "restored");
}
