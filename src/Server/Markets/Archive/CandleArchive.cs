using System.Collections.Concurrent;
using Lastro.Core.Markets;

namespace Lastro.Server.Markets.Archive;

/// <summary>The closed candles of one source: <c>archive/SOURCE/PAIR/TIMEFRAME.candles</c> in the data folder. Sources never share a folder.</summary>
internal sealed class CandleArchive(string folder, ILogger log)
{
    private static readonly TimeSpan FlushPause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<(Symbol, Timeframe), CandleSeries> _series = new();
    private readonly ConcurrentQueue<CandleSeries> _dirty = new();

    public CandleSeries Series(Symbol symbol, Timeframe timeframe) => _series.GetOrAdd(
        (symbol, timeframe), key => new CandleSeries(key.Item2, Path.Combine(folder, key.Item1.Value, FileName(key.Item2)), _dirty.Enqueue));

    /// <summary>Writes what lanes have offered, a few times a second, until cancelled and then once more.</summary>
    public async Task Run(TimeProvider time, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(FlushPause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Flush();
        }
    }

    /// <summary>A full disk costs nothing that the source cannot give again: the candles stay missing and are fetched later.</summary>
    public void Flush()
    {
        while (_dirty.TryDequeue(out var series))
        {
            try
            {
                series.Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                log.LogError(error, "Candles of {Timeframe} could not be written to {Folder}", series.Timeframe, folder);
            }
        }
    }

    /// <summary>Names that differ by case only (1m, 1M) would be one file on some file systems.</summary>
    private static string FileName(Timeframe timeframe) => timeframe.Code == "1M" ? "1mo.candles" : $"{timeframe.Code}.candles";
}
