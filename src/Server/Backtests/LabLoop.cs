using System.Data.Common;
using System.Diagnostics.Metrics;
using Lastro.Server.Platform.Errors;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Backtests;

/// <summary>Takes jobs off the queue, as many at a time as there are threads, and one download besides; keeps their leases and tells their progress.</summary>
internal sealed class LabLoop(
    LabQueue queue, LabRuns runs, LabWorks works, IOptions<LabOptions> options, TimeProvider clock, ILogger<LabLoop> log) : BackgroundService
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(500);

    /// <summary>Progress is told when it has grown by so much.</summary>
    private const double Telling = 0.005;

    private static readonly Meter _meter = new("lastro.lab");
    private static readonly UpDownCounter<int> _working = _meter.CreateUpDownCounter<int>("lastro_lab_running", description: "Jobs of the lab this server works on.");
    private static readonly Counter<long> _ended = _meter.CreateCounter<long>("lastro_lab_ended", description: "Jobs of the lab that ended here, by kind and outcome.");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [.. Enumerable.Range(0, options.Value.Threads).Select(_ => Serve(LabKinds.Runs, stoppingToken)), Serve(LabKinds.Downloads, stoppingToken)]);

    private async Task Serve(string lane, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await queue.Claim(lane, stopping) is { } job) await Work(job, stopping);
                else await runs.Wait(lane, _look, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (ErrorHandling.DatabaseIsAway(error))
            {
                // What was under way keeps its lease for a while, and is then taken up again by whoever comes first.
                log.LogWarning("The lab waits for the database: {Reason}", error.Message);
                await Task.Delay(_look, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning disable CA1031 // A mistake of ours around one job must not end the lab, nor the server with it.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.LogError(error, "The lab failed around a job; its lease will end");
                await Task.Delay(_look, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Work(LabJob job, CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        runs.Enter(job.Id, stop);
        _working.Add(1);
        var run = new LabRun(job) { Progress = job.Progress };
        var beating = Beat(run, stop, ended.Token);
        try
        {
            await End(run, await Outcome(run, stop.Token));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next server, or this one's next start, goes on at once.
            await queue.GiveBack(job, run.Progress, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("{Kind} {Job} was stopped", job.Kind, job.Id);
        }
        finally
        {
            runs.Leave(job.Id);
            _working.Add(-1);
            await ended.CancelAsync();
            await beating;
        }
    }

    private async Task<LabOutcome> Outcome(LabRun run, CancellationToken cancellation)
    {
        try
        {
            return await works.Do(run, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A run that fails, however it does, is told to its owner; the others go on.
        catch (Exception error) when (!ErrorHandling.DatabaseIsAway(error))
#pragma warning restore CA1031
        {
            log.LogError(error, "{Kind} {Job} failed", run.Job.Kind, run.Job.Id);
            return LabOutcome.Failed("internal_error", "The server failed; the log tells why.");
        }
    }

    private async Task End(LabRun run, LabOutcome outcome)
    {
        // Not to be cancelled half way: the lease is what protects it.
        var job = run.Job;
        var word = outcome.Error is not null ? "failed" : outcome.Summary is not null ? "done" : "later";
        _ended.Add(1, new KeyValuePair<string, object?>("kind", job.Kind), new KeyValuePair<string, object?>("outcome", word));
        if (outcome.Error is { } error)
        {
            await queue.Failed(job, error, CancellationToken.None);
        }
        else if (outcome.Summary is { } summary)
        {
            await queue.Done(job, summary, outcome.Write, CancellationToken.None);
        }
        else
        {
            await queue.GiveBack(job, run.Progress, CancellationToken.None);
        }
    }

    /// <summary>Signs of life until the work has ended. When the job is no longer ours, or we cannot say so for as long as the lease lasts, the work is stopped.</summary>
    private async Task Beat(LabRun run, CancellationTokenSource stop, CancellationToken ended)
    {
        var (told, heard) = (run.Progress, clock.GetTimestamp());
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(_beat, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested) return;
            try
            {
                var progress = run.Progress;
                var news = progress - told >= Telling;
                if (!await queue.Beat(run.Job, progress, news, ended)) await stop.CancelAsync();
                (told, heard) = (news ? progress : told, clock.GetTimestamp());
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is DbException or TimeoutException || ErrorHandling.DatabaseIsAway(error))
            {
                log.LogWarning("No sign of life of {Job} could be given: {Reason}", run.Job.Id, error.Message);
                if (clock.GetElapsedTime(heard).TotalSeconds > options.Value.LeaseSeconds) await stop.CancelAsync();
            }
        }
    }
}
