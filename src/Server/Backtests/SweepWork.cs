using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Markets;

namespace Lastro.Server.Backtests;

/// <summary>
/// Counts a sweep chunk by chunk and keeps each at once: what is kept is not counted again. Between chunks somebody else's turn may come;
/// the sweep then waits for its next one.
/// </summary>
internal sealed class SweepWork(MarketsRoom markets, CandlesRoom candles, LabQueue queue, LabStore store, LabCrew crew, TimeProvider clock)
{
    /// <summary>A turn lasts so long at least, however small the chunks.</summary>
    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(2);

    public async Task<LabOutcome> Do(LabRun run, CancellationToken cancellation)
    {
        var terms = run.Job.Terms<LabTerms>();
        if (LabEngine.OtherSource(terms, markets.SourceKey) is { } other) return other;
        var sweep = terms.Sweep!;
        var chunks = (sweep.Combinations + sweep.ChunkSize - 1) / sweep.ChunkSize;
        var kept = (await store.Chunks(run.Job.Id, cancellation)).ToDictionary(chunk => chunk.Chunk, chunk => chunk.Rows);
        var begun = clock.GetTimestamp();
        Core.Backtesting.Sweep? prepared = null;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            if (kept.ContainsKey(chunk)) continue;
            if (prepared is not null && clock.GetElapsedTime(begun) > _turn && await queue.OthersWait(run.Job, cancellation)) return LabOutcome.Later;
            if (prepared is null)
            {
                if (LabEngine.Warming(terms) is { } warming) await candles.Complete(new Symbol(terms.Symbols[0]), Timeframe.Parse(terms.Timeframe), warming, run.Job.User, cancellation);
                var (ready, failed) = await crew.Count(() => LabEngine.Prepare(terms, candles, cancellation), cancellation);
                if (ready is null) return failed!;
                prepared = ready;
            }

            var (counted, at) = (prepared, chunk);
            var rows = SweepRows.Close(await crew.Count(() => LabEngine.Chunk(counted, at, cancellation), cancellation));
            await store.WriteChunk(run.Job.Id, chunk, rows, cancellation);
            kept[chunk] = rows;
            run.Progress = (double)kept.Count / chunks;
        }

        var ranked = SweepRows.Ranked(SweepRows.Open(kept.OrderBy(one => one.Key).Select(one => one.Value)), sweep.Rank);
        return LabOutcome.Done(JsonSerializer.Serialize(await crew.Count(() => LabEngine.Found(terms, ranked, candles, cancellation), cancellation), LabJson.Options));
    }
}
