using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Server.Markets;

namespace Lastro.Server.Backtests;

/// <summary>Stored candles as a run reads them: block by block from the disk, so that memory does not grow with the span.</summary>
internal sealed class ArchiveSource(Symbol symbol, Timeframe timeframe, CandleStretch stretch, Action<int> read) : ICandleSource
{
    private const long MonthMs = 31L * 86_400_000;

    public string Symbol => symbol.Value;

    /// <summary>The length of the candles is known here and need not be guessed from their steps; most months step by 31 days.</summary>
    public long? StepMs => timeframe.LengthMs > 0 ? timeframe.LengthMs : MonthMs;

    public int Rows => stretch.Rows;

    public ICandleReader Open() => new Reader(stretch, read);

    private sealed class Reader(CandleStretch stretch, Action<int> read) : ICandleReader
    {
        private int _at;

        public CandleColumns Columns { get; private set; } = Candles.Make(0);

        public int Offset => 0;

        public int Read(int most)
        {
            if (Columns.OpenTimeMs.Length != most) Columns = Candles.Make(most);
            var rows = stretch.Read(ref _at, Columns);
            read(rows);
            return rows;
        }

        public void Dispose() => _at = int.MaxValue;
    }
}
