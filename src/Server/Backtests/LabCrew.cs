using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Backtests;

/// <summary>
/// The few threads that count. Below the priority of everything else, so that a lane that has an event never waits for a backtest; as many
/// as the settings say, so that the rest of the server keeps its cores.
/// </summary>
internal sealed class LabCrew : IDisposable
{
    /// <summary>Niceness of the threads on Linux, where .NET knows no priorities of threads: a busy normal thread gets some nine parts of ten.</summary>
    private const int Niceness = 10;

    private readonly BlockingCollection<Action> _work = [];

    public LabCrew(IOptions<LabOptions> options, ILogger<LabCrew> log)
    {
        for (var number = 1; number <= options.Value.Threads; number++)
            new Thread(() => Run(log)) { IsBackground = true, Name = $"lab {number}", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>Has one of the threads count; waits for its turn and its end without blocking a thread.</summary>
    public Task<T> Count<T>(Func<T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(
            () =>
            {
                try
                {
                    cancellation.ThrowIfCancellationRequested();
                    done.SetResult(work());
                }
                catch (OperationCanceledException stopped)
                {
                    done.SetCanceled(stopped.CancellationToken);
                }
#pragma warning disable CA1031 // Whatever it was, it belongs to whoever awaits the work.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    done.SetException(error);
                }
            },
            cancellation);
        return done.Task;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
    }

    private void Run(ILogger log)
    {
        // 0 is the calling thread: Linux keeps the value for each thread.
        if (OperatingSystem.IsLinux() && SetPriority(0, 0, Niceness) != 0) log.LogInformation("The lab's threads keep their priority: error {Error}", Marshal.GetLastPInvokeError());
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
