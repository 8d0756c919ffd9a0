using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Identity;
using Lastro.Server.Strategies;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Backtests;

/// <summary>What backtests and sweeps are asked for with.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal record LabRequest
{
    /// <summary>A strategy of the caller or a built-in; or else a document.</summary>
    public string? StrategyId { get; init; }

    /// <summary>The newest unless told.</summary>
    public int? Version { get; init; }

    /// <summary>As in a strategy file.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>Other values for some of the document's inputs.</summary>
    public IReadOnlyDictionary<string, double>? Inputs { get; init; }

    /// <summary>1 to 20 pairs that share the cash.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Candles that open at or after it count; earlier ones only warm up.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Candles that open before it count.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Quote units; 10000 unless told.</summary>
    public decimal? Cash { get; init; }

    /// <summary>0.001 is 0.1 %, the usual.</summary>
    public decimal? Fee { get; init; }

    /// <summary>0 unless told.</summary>
    public decimal? Slippage { get; init; }

    /// <summary>Share of the span that is in-sample, above 0 and below 1; none unless told.</summary>
    public double? Split { get; init; }

    /// <summary>Smaller candles that decide what came first inside a candle.</summary>
    public string? DetailTimeframe { get; init; }

    /// <summary>How entries are filled: open, the usual, or as the report's documentation lists.</summary>
    public string? Fill { get; init; }

    /// <summary>Run although candles of the span are missing.</summary>
    public bool AcceptGaps { get; init; }
}

/// <summary>Reads what is asked for; what is wrong comes back as a refusal that names it.</summary>
internal sealed class LabForm(StrategyShelf shelf, MarketsRoom markets, CandlesRoom candles, LabStore store, IOptions<LabOptions> options)
{
    private const int MostSymbols = 20;
    private const decimal MostCash = 1_000_000_000_000m;
    private const decimal MostCost = 0.1m;

    /// <summary>As much past as any pair has; a century of dates only costs.</summary>
    private static readonly DateTimeOffset _earliest = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public LabOptions Limits => options.Value;

    public async Task<(LabTerms? Terms, Refused? Refused)> Read(LabRequest request, UserId user, CancellationToken cancellation)
    {
        var (strategy, rules, wrong) = await Rules(request, user, cancellation);
        if (rules is null) return (null, wrong);
        if ((Symbols(request.Symbols) ?? Numbers(request)) is { } bad) return (null, bad);
        if (Detail(request.DetailTimeframe, rules.Timeframe) is { } badDetail) return (null, badDetail);
        if (LabEngine.BadFill(request.Fill) is { } badFill) return (null, badFill);
        if (markets.SourceKey is not { } source) return (null, new Refused(ErrorCode.Busy, Detail: "The price source is not open yet.", RetryAfterSeconds: 2));
        var terms = new LabTerms
        {
            StrategyId = strategy?.Id,
            StrategyVersion = strategy?.Version,
            StrategyName = rules.Name,
            Document = rules.Text,
            Timeframe = rules.Timeframe.Code,
            Symbols = [.. request.Symbols.Select(symbol => new Symbol(symbol).Value)],
            FromMs = request.From.ToUnixTimeMilliseconds(),
            ToMs = candles.ClosedUntil(rules.Timeframe, request.To.ToUnixTimeMilliseconds()),
            Cash = request.Cash ?? 10_000m,
            Fee = request.Fee ?? 0.001m,
            Slippage = request.Slippage ?? 0m,
            Split = request.Split,
            DetailTimeframe = request.DetailTimeframe,
            Fill = request.Fill,
            Source = source,
            Simulated = markets.Stamp.Simulated,
            Trials = 1 + await store.Trials(user, rules.Timeframe.Code, request.Symbols, cancellation),
            Rows = 0,
        };
        return terms.ToMs <= terms.FromMs
            ? (null, new Refused(ErrorCode.InvalidField, "to", $"{request.To:O}", null, "No candle of the span is closed yet."))
            : Covered(terms, request.AcceptGaps);
    }

    private async Task<(KnownStrategy? Strategy, GoodRules? Rules, Refused? Refused)> Rules(LabRequest request, UserId user, CancellationToken cancellation)
    {
        if ((request.StrategyId is null) == (request.Document is null))
            return (null, null, new Refused(ErrorCode.InvalidField, "strategyId", request.StrategyId, null, "Either strategyId or document, and not both."));
        if (request.StrategyId is null)
        {
            var (sent, wrong) = StrategyShelf.Check(request.Document!.Value, request.Inputs);
            return (null, sent, wrong);
        }

        if (await shelf.Find(user, request.StrategyId, request.Version, cancellation) is not { } known)
            return (null, null, new Refused(ErrorCode.NotFound, "strategyId", request.StrategyId));
        var (rules, refused) = StrategyShelf.Check(JsonElement.Parse(known.Document), request.Inputs);
        return (known, rules, refused);
    }

    private Refused? Symbols(IReadOnlyList<string> symbols)
    {
        if (symbols.Count is < 1 or > MostSymbols) return new Refused(ErrorCode.InvalidField, "symbols", $"{symbols.Count}", $"1..{MostSymbols}");
        if (symbols.Distinct(StringComparer.Ordinal).Count() != symbols.Count) return new Refused(ErrorCode.InvalidField, "symbols", null, null, "A pair is named twice.");
        var strange = symbols.FirstOrDefault(text => !Symbol.TryParse(text, out var symbol) || markets.Find(symbol) is null);
        return strange is null ? null : new Refused(ErrorCode.UnknownSymbol, "symbols", strange);
    }

    private static Refused? Numbers(LabRequest request)
    {
        if (request.From < _earliest) return new Refused(ErrorCode.InvalidField, "from", $"{request.From:O}", $"{_earliest:O}");
        if (request.To <= request.From) return new Refused(ErrorCode.InvalidField, "to", $"{request.To:O}", $"{request.From:O}", "to is after from.");
        if (request.Cash is <= 0m or > MostCash) return Wrong("cash", request.Cash, $"0 < cash <= {MostCash}");
        if (request.Fee is < 0m or > MostCost) return Wrong("fee", request.Fee, $"0..{MostCost}");
        if (request.Slippage is < 0m or > MostCost) return Wrong("slippage", request.Slippage, $"0..{MostCost}");
        return request.Split is <= 0 or >= 1 ? new Refused(ErrorCode.InvalidField, "split", request.Split.Value.ToString(CultureInfo.InvariantCulture), "0 < split < 1") : null;
    }

    private static Refused Wrong(string field, decimal? value, string limit) => new(ErrorCode.InvalidField, field, value is { } known ? Decimals.ToPlain(known) : null, limit);

    private static Refused? Detail(string? code, Timeframe rules)
    {
        if (code is null) return null;
        return Timeframe.TryParse(code, out var detail) && detail.LengthMs > 0 && (rules.LengthMs == 0 || (detail.LengthMs < rules.LengthMs && rules.LengthMs % detail.LengthMs == 0))
            ? null
            : new Refused(ErrorCode.InvalidField, "detailTimeframe", code, $"smaller than {rules}, of which {rules} is made");
    }

    /// <summary>Counts the candles. What is missing is named before anything runs.</summary>
    private (LabTerms?, Refused?) Covered(LabTerms terms, bool acceptGaps)
    {
        var (rows, missing) = (0L, 0L);
        foreach (var symbol in terms.Symbols)
        {
            foreach (var interval in terms.DetailTimeframe is { } detail ? new[] { terms.Timeframe, detail } : [terms.Timeframe])
            {
                var found = candles.Coverage(new Symbol(symbol), Timeframe.Parse(interval), terms.FromMs, terms.ToMs, 1);
                if (found.Missing > 0 && (!acceptGaps || found.Rows == 0))
                {
                    var gap = found.Gaps[0];
                    return (null, new Refused(
                        ErrorCode.DataMissing, "symbols", $"{symbol} {interval} {Day(gap.FromMs)} - {Day(gap.ToMs)}", $"{found.Missing}",
                        $"{found.Missing} candles of the span are not stored; this is where they begin."));
                }

                (rows, missing) = (rows + found.Rows, missing + found.Missing);
            }
        }

        return rows > Limits.RowsPerRun
            ? (null, LabEntry.Refusal("rows", rows, Limits.RowsPerRun, "So many candles may be in one run: take a shorter span, fewer pairs or longer candles."))
            : (terms with { Rows = rows, Missing = missing }, null);
    }

    private static string Day(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
