using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Markets;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Backtests;

/// <summary>Brings a span's missing candles piece by piece. What is there already is not asked for again, so a restart goes on where it was.</summary>
internal sealed class DownloadWork(MarketsRoom markets, CandlesRoom candles, ReadCoverage coverage, IOptions<LabOptions> options, TimeProvider clock, ILogger<DownloadWork> log)
{
    /// <summary>Pieces in a row that the source did not answer, each after a longer wait.</summary>
    private const int Patience = 6;

    public async Task<LabOutcome> Do(LabRun run, CancellationToken cancellation)
    {
        var terms = run.Job.Terms<DownloadTerms>();
        if (markets.SourceKey is not { } source) return LabOutcome.Failed("source_away", "The price source was not open.");
        if (source != terms.Source) return LabOutcome.Failed("other_source", $"The candles were asked of {terms.Source}; this is {source}.");
        var (symbol, interval) = (new Symbol(terms.Symbol), Timeframe.Parse(terms.Interval));
        for (var from = terms.FromMs; from < terms.ToMs;)
        {
            var to = Math.Min(terms.ToMs, End(interval, from));
            if (!await Piece((symbol, interval), from, to, cancellation)) return LabOutcome.Failed("source_away", $"The price source did not answer for the candles from {DateTimeOffset.FromUnixTimeMilliseconds(from):O}.");
            from = to;
            run.Progress = (double)(from - terms.FromMs) / (terms.ToMs - terms.FromMs);
        }

        return LabOutcome.Done(JsonSerializer.Serialize(coverage.Handle(new CandleSpanAsked(symbol, interval, terms.FromMs, terms.ToMs)), LabJson.Options));
    }

    private async Task<bool> Piece((Symbol Symbol, Timeframe Interval) of, long from, long to, CancellationToken cancellation)
    {
        if (candles.Coverage(of.Symbol, of.Interval, from, to, 1).Missing == 0) return true;
        for (var tries = 1; ; tries++)
        {
            var answered = await candles.Fetch(of.Symbol, of.Interval, from, to, cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(options.Value.DownloadPauseMs), clock, cancellation);
            if (answered) return true;
            if (tries == Patience) return false;
            log.LogInformation("The source does not answer for candles of {Symbol}; trying again", of.Symbol);
            await Task.Delay(TimeSpan.FromSeconds(1 << tries), clock, cancellation);
        }
    }

    private static long End(Timeframe interval, long fromMs)
    {
        if (interval.LengthMs > 0) return fromMs + (interval.LengthMs * CandlesRoom.Piece);
        var end = fromMs;
        for (var month = 0; month < CandlesRoom.Piece; month++) end = interval.NextOpen(end);
        return end;
    }
}
