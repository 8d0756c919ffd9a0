using Npgsql;

namespace Lastro.Server.Backtests;

/// <summary>A job under way.</summary>
internal sealed class LabRun(LabJob job)
{
    private double _progress;

    public LabJob Job => job;

    /// <summary>0 to 1; written by the thread that counts, read by the one that tells.</summary>
    public double Progress
    {
        get => Volatile.Read(ref _progress);
        set => Volatile.Write(ref _progress, value);
    }
}

/// <summary>How the work on a job ended: done with a summary, failed, or neither: to be gone on with later.</summary>
internal sealed record LabOutcome
{
    public static LabOutcome Later { get; } = new();

    /// <summary>JSON.</summary>
    public string? Summary { get; private init; }

    public LabError? Error { get; private init; }

    /// <summary>Writes what was made, in the transaction that ends the job.</summary>
    public Func<NpgsqlConnection, Task>? Write { get; private init; }

    public static LabOutcome Done(string summary, Func<NpgsqlConnection, Task>? write = null) => new() { Summary = summary, Write = write };

    public static LabOutcome Failed(string code, string detail) => new() { Error = new LabError(code, detail) };
}

/// <summary>Which work a job is.</summary>
internal sealed class LabWorks(BacktestWork backtests, SweepWork sweeps, DownloadWork downloads)
{
    public Task<LabOutcome> Do(LabRun run, CancellationToken cancellation) => run.Job.Kind switch
    {
        LabKinds.Backtest => backtests.Do(run, cancellation),
        LabKinds.Sweep => sweeps.Do(run, cancellation),
        LabKinds.Download => downloads.Do(run, cancellation),
        var other => throw new InvalidOperationException($"No work is called {other}."),
    };
}
