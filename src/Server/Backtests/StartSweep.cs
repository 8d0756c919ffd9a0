using System.Globalization;
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

    /// <summary>Candles times combinations of one chunk: some seconds of counting, so that little is lost by a kill and others come soon to their turn.</summary>
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
        var inputs = JsonElement.Parse(terms.Document).GetProperty("inputs");
        var combinations = 1L;
        foreach (var (name, range) in body.Set)
        {
            if (!inputs.TryGetProperty(name, out _)) return (null, new Refused(ErrorCode.InvalidField, $"set.{name}", name, null, "The document has no such input."));
            var count = Ranges.Count(range);
            if (count is null) return (null, new Refused(ErrorCode.InvalidField, $"set.{name}", $"{range.From}..{range.To}:{range.Step}", "from <= to, step > 0"));
            combinations *= count.Value;
            if (combinations > form.Limits.CombinationsPerSweep) return (null, LabEntry.Refusal("combinations", combinations, form.Limits.CombinationsPerSweep, "So many combinations may be in one sweep."));
        }

        var counted = terms.Rows * combinations;
        if (counted > form.Limits.RowsPerSweep) return (null, LabEntry.Refusal("rows", counted, form.Limits.RowsPerSweep, "So many candles times combinations may be in one sweep."));
        if (LabEngine.BadCombination(terms, body.Set) is { } refusal) return (null, refusal);
        return (new SweepTerms
        {
            Set = body.Set,
            Rank = rank,
            Combinations = (int)combinations,
            ChunkSize = (int)Math.Clamp(ChunkRows / Math.Max(1, terms.Rows), 1, LargestChunk),
        }, null);
    }
}

/// <summary>The values of a sweep's ranges, and their combinations by number.</summary>
internal static class Ranges
{
    /// <summary>Above any limit there may be; keeps the product of several within 64 bits.</summary>
    private const double Most = 2_000_000;

    /// <summary>A value may miss the end by this share of a step: 0.1 added up is not exact.</summary>
    private const double Slack = 1e-9;

    /// <summary>How many values; null for a range that has none or is no range.</summary>
    public static long? Count(SweepRange range)
    {
        if (!double.IsFinite(range.From) || !double.IsFinite(range.To) || !double.IsFinite(range.Step) || range.Step <= 0 || range.To < range.From) return null;
        var count = Math.Floor(((range.To - range.From) / range.Step) + Slack) + 1;
        return (long)Math.Min(count, Most);
    }

    /// <summary>The inputs of a combination; the last input changes fastest.</summary>
    public static Dictionary<string, double> Combination(IReadOnlyDictionary<string, SweepRange> set, int index)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, range) in set.Reverse())
        {
            var count = (int)Count(range)!.Value;
            values[name] = Value(range, index % count);
            index /= count;
        }

        return set.Keys.ToDictionary(name => name, name => values[name], StringComparer.Ordinal);
    }

    /// <summary>The n-th value by its digits: 0.1 + 2 * 0.1 is to be 0.3, as who asked has written it.</summary>
    private static double Value(SweepRange range, int n)
    {
        var exact = Decimal(range.From) is { } from && Decimal(range.Step) is { } step ? from + (step * n) : (decimal?)null;
        return exact is { } value ? double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : range.From + (range.Step * n);
    }

    private static decimal? Decimal(double value) =>
        Math.Abs(value) < 1e12 && decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null;
}
