using Lastro.Server.Platform.Database;
using Lastro.Server.Platform.Errors;

namespace Lastro.Server.BinanceApi.Wire;

/// <summary>Makes a call: the gate, the verb, the answer in words, whichever way the request came. Waits for a silent database no longer than the rest of the API.</summary>
internal sealed class WireCaller(WireGate gate, WireLimits limits, WireAnswers answers, DatabaseWatch database, ILogger<WireCaller> log)
{
    /// <summary>Always gives an answer, which the transport disposes.</summary>
    public ValueTask<WireAnswer> Call(IWireVerb verb, WireRequest request, CancellationToken cancellation)
    {
        var work = Work(verb, request, answers.Rent(), cancellation);
        return work.IsCompleted || verb.Route.Security == WireSecurity.None ? work : Patiently(verb.Route, work.AsTask());
    }

    /// <summary>The words for what went wrong on the way; a mistake of ours is logged.</summary>
    public WireError Explain(Exception error, string path)
    {
        if (ErrorHandling.DatabaseIsAway(error))
        {
            log.LogWarning("The database did not answer {Path}: {Reason}", path, error.Message);
            return WireError.Unavailable;
        }

        if (error is BadHttpRequestException bad) return WireError.IllegalRequest(bad.StatusCode);
        log.LogError(error, "{Path} failed", path);
        return WireError.Unknown;
    }

    private async ValueTask<WireAnswer> Work(IWireVerb verb, WireRequest request, WireAnswer answer, CancellationToken cancellation)
    {
        var route = verb.Route;
        ApiKeys.KnownKey? key = null;
        var placed = false;
        try
        {
            var (call, error) = await gate.Check(route, request, cancellation);
            if (call is not null)
            {
                key = call.Key;
                placed = route.Orders > 0 && call.OverLimit is null;
                error = await verb.Handle(call, answer.Writer, cancellation);
            }

            answer.Finish(error);
            if (error is null) placed = false;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            answer.Finish(WireError.Unavailable);
        }
#pragma warning disable CA1031 // Every failure becomes words of the wire.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            answer.Finish(Explain(failure, route.Path));
        }

        if (placed) limits.GiveBack(key!.Account, route.Orders);
        answer.Key = key;
        return answer;
    }

#pragma warning disable VSTHRD003 // The work was begun by Call, one line before.
    private async ValueTask<WireAnswer> Patiently(WireRoute route, Task<WireAnswer> work)
    {
        using var waiting = database.Follow();
        if (await Task.WhenAny(work, waiting.WaitForEnd(CancellationToken.None)) == work) return await work;
        log.LogWarning("The database did not answer {Path}", route.Path);
        _ = Late(work);
        var answer = answers.Rent();
        answer.Finish(WireError.Unavailable);
        return answer;
    }

    /// <summary>The caller has its answer; the work ends in its own time.</summary>
    private static async Task Late(Task<WireAnswer> work) => (await work).Dispose();
#pragma warning restore VSTHRD003
}
