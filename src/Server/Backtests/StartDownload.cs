using System.Text.Json.Serialization;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Backtests;

/// <summary>Queues the download of a span's missing candles from the price source into the archive.</summary>
internal sealed class StartDownload(ReadCoverage coverage, MarketsRoom markets, LabEntry entry, IOptions<LabOptions> options)
{
    /// <summary>The body of POST /data/downloads.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request
    {
        public required string Symbol { get; init; }

        /// <summary>1m ... 1M.</summary>
        public required string Interval { get; init; }

        public required DateTimeOffset From { get; init; }

        /// <summary>Now unless told.</summary>
        public DateTimeOffset? To { get; init; }
    }

    public static async Task<Results<Created<DownloadView>, ProblemHttpResult>> Route(Request body, StartDownload verb, HttpContext context)
    {
        var (request, wrong) = KeyedRequest.Of(context, LabKinds.Download, body, LabJson.Options);
        if (request is null) return Problems.Result(wrong!);
        var (view, refused) = await verb.Handle(body, request, context.RequestAborted);
        return view is null ? Problems.Result(refused!, context.Response) : TypedResults.Created($"/api/v1/data/downloads/{view.Id}", view);
    }

    public async Task<(DownloadView? View, Refused? Refused)> Handle(Request body, KeyedRequest request, CancellationToken cancellation)
    {
        var (known, mismatch) = await entry.Known<DownloadView>(request, cancellation);
        if (known is not null || mismatch is not null) return (known, mismatch);
        var (asked, wrong) = coverage.Asked(body.Symbol, body.Interval, body.From, body.To);
        if (asked is null) return (null, wrong);
        var missing = coverage.Handle(asked).Missing;
        if (missing > options.Value.RowsPerDownload)
            return (null, LabEntry.Refusal("rows", missing, options.Value.RowsPerDownload, "So many candles may be in one download: take a shorter span or longer candles."));
        var terms = new DownloadTerms
        {
            Symbol = asked.Symbol.Value,
            Interval = asked.Interval.Code,
            FromMs = asked.FromMs,
            ToMs = asked.ToMs,
            Source = markets.SourceKey ?? "",
            Rows = missing,
        };
        return await entry.Enter(request, LabKinds.Download, terms, row => row.Download(null), cancellation);
    }
}
