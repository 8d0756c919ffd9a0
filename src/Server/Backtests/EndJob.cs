using Dapper;
using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Platform.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lastro.Server.Backtests;

/// <summary>Cancels a job of the caller that waits or runs, at once; deletes one that has ended, with all it made.</summary>
internal sealed class EndJob(NpgsqlDataSource database, OutboxPump pump, LabRuns runs)
{
    public static Task<Results<NoContent, ProblemHttpResult>> BacktestRoute(Guid id, EndJob verb, HttpContext context) => Answer(LabKinds.Backtest, id, verb, context);

    public static Task<Results<NoContent, ProblemHttpResult>> SweepRoute(Guid id, EndJob verb, HttpContext context) => Answer(LabKinds.Sweep, id, verb, context);

    public static Task<Results<NoContent, ProblemHttpResult>> DownloadRoute(Guid id, EndJob verb, HttpContext context) => Answer(LabKinds.Download, id, verb, context);

    /// <summary>False when the caller has no such job.</summary>
    public async Task<bool> Handle(UserId user, string kind, Guid id, CancellationToken cancellation)
    {
        var ended = await database.InTransaction(async (connection, transaction) =>
        {
            const string cancel = """
                UPDATE lab_jobs SET status = 'canceled', worker = NULL, lease_until = NULL, ended_at = now()
                WHERE id = @id AND user_id = @User AND kind = @kind AND status IN ('queued', 'running') RETURNING progress
                """;
            var job = new { id, User = user.Value, kind };
            if (await connection.QuerySingleOrDefaultAsync<double?>(new CommandDefinition(cancel, job, cancellationToken: cancellation)) is { } progress)
            {
                await LabQueue.Tell(connection, transaction, user, new LabUpdate(id, kind, "canceled", progress), cancellation);
                return true;
            }

            return await connection.ExecuteAsync(new CommandDefinition("DELETE FROM lab_jobs WHERE id = @id AND user_id = @User AND kind = @kind", job, cancellationToken: cancellation)) == 1;
        }, cancellation);
        if (!ended) return false;
        await runs.Stop(id);
        pump.Wake();
        return true;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Answer(string kind, Guid id, EndJob verb, HttpContext context) =>
        await verb.Handle(UserId.Of(context.User), kind, id, context.RequestAborted) ? TypedResults.NoContent() : Problems.Result(new Refused(ErrorCode.NotFound));
}
