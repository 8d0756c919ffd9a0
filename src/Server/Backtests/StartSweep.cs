using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lastro.Server.Backtests;

/// <summary>Queues a sweep: the same backtest for every combination of some inputs' values.</summary>
internal sealed class StartSweep(LabForm form, LabEntry entry)
{
    private const int MostInputs = 6;

    /// <summary>Candles times combinations of one chunk of plain rules: some seconds of counting, so that little is lost by a kill and others come soon to their turn.</summary>
    private const long ChunkRows = 60_000_000;

    private const int LargestChunk = 250;

    /// <summary>The body of POST /backtests/sweeps.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request : LabRequest
    {
        /// <summary>1 to 6 inputs of the document with their values.</summary>
        public required IReadOnlyDictionary<string, SweepRange> Set { get; init; }

        /// <summary>The metric that ranks; sharpe unless told.</summary>
        public string? Rank { get; init; }
    }

    public static async Task<Results<Created<SweepView>, ProblemHttpResult>> Route(Request body, StartSweep verb, HttpContext context)
    {
        var (request, wrong) = KeyedRequest.Of(context, LabKinds.Sweep, body, LabJson.Options);
        if (request is null) return Problems.Result(wrong!);
        var (view, refused) = await verb.Handle(body, request, context.RequestAborted);
        return view is null ? Problems.Result(refused!, context.Response) : TypedResults.Created($"/api/v1/backtests/sweeps/{view.Id}", view);
    }

    public async Task<(SweepView? View, Refused? Refused)> Handle(Request body, KeyedRequest request, CancellationToken cancellation)
    {
        var (known, mismatch) = await entry.Known<SweepView>(request, cancellation);
        if (known is not null || mismatch is not null) return (known, mismatch);
        var (terms, refused) = await form.Read(body, request.User, cancellation);
        if (terms is null) return (null, refused);
        var (sweep, wrong) = Sweep(body, terms);
        return sweep is null ? (null, wrong) : await entry.Enter(request, LabKinds.Sweep, terms with { Sweep = sweep }, row => row.Sweep(null), cancellation);
    }

    private (SweepTerms?, Refused?) Sweep(Request body, LabTerms terms)
    {
        if (body.Set.Count is < 1 or > MostInputs) return (null, new Refused(ErrorCode.InvalidField, "set", $"{body.Set.Count}", $"1..{MostInputs}"));
        var rank = body.Rank ?? "sharpe";
        if (LabEngine.BadRank(rank) is { } badRank) return (null, badRank);
        if (terms.Symbols.Count > 1) return (null, new Refused(ErrorCode.InvalidField, "symbols", $"{terms.Symbols.Count}", "1", "A sweep is of one pair."));
        if (terms.DetailTimeframe is not null) return (null, new Refused(ErrorCode.InvalidField, "detailTimeframe", terms.DetailTimeframe, null, "A sweep looks at whole candles."));
        var inputs = JsonElement.Parse(terms.Document).GetProperty("inputs");
        if (body.Set.Keys.FirstOrDefault(name => !inputs.TryGetProperty(name, out _)) is { } strange) return (null, new Refused(ErrorCode.InvalidField, $"set.{strange}", strange, null, "The document has no such input."));
        var (grid, bad) = LabEngine.Grid(body.Set, form.Limits.CombinationsPerSweep);
        if (grid is null) return (null, bad);
        var combinations = grid.Count;
        var counted = terms.Rows * combinations;
        if (counted > form.Limits.RowsPerSweep) return (null, LabEntry.Refusal("rows", counted, form.Limits.RowsPerSweep, "So many candles times combinations may be in one sweep."));
        return (new SweepTerms
        {
            Set = body.Set,
            Rank = rank,
            Combinations = combinations,
            ChunkSize = (int)Math.Clamp(ChunkRows / Math.Max(1, terms.Rows * LabEngine.Weight(terms)), 1, LargestChunk),
        }, null);
    }
}
