using Lastro.Cli.CommandLine;
using Lastro.Cli.Data;
using Lastro.Core.Backtesting;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Backtests;

/// <summary>The candle files a command is given, as the engine reads them: in memory while they are small, from the file each time when they are not.</summary>
internal static class CandleInputs
{
    /// <summary>Files that unpack to more than this together are streamed.</summary>
    public const long MostInMemory = 512L * 1024 * 1024;

    public static readonly Option Flag = new("--candles", "FILE|NAME", "candle file of any form, or a name in the data folder (BTCUSDT_1h)")
    {
        Needed = true,
        Many = true,
    };

    /// <summary>A source for each file, in the order given.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="option">The option that names the files.</param>
    /// <param name="mostInMemory">Bytes of text from which on files are streamed.</param>
    /// <exception cref="RefusedException">Two files of one pair.</exception>
    /// <exception cref="InvalidDataException">A bad row, naming file, line and column.</exception>
    public static List<ICandleSource> Open(Arguments arguments, string option = "--candles", long mostInMemory = MostInMemory)
    {
        var paths = arguments.Texts(option).Select(given => DataFolder.Resolve(arguments, given)).ToList();
        var stream = paths.Where(File.Exists).Sum(CandleFile.UnpackedLength) > mostInMemory;
        var sources = new List<ICandleSource>();
        foreach (var path in paths)
        {
            ICandleSource source = stream ? new FileSource(path) : InMemory(path);
            if (sources.Exists(other => other.Symbol == source.Symbol))
                throw new RefusedException($"{path}: {source.Symbol} is given twice; lastro data import makes one file of several");
            sources.Add(source);
        }

        return sources;
    }

    /// <summary>The pair a file is of, as reports name it.</summary>
    public static string NameOf(string path, Symbol? symbol) =>
        symbol?.Value ?? throw new RefusedException($"{path}: no pair can be read from the file's name");

    private static ColumnSource InMemory(string path)
    {
        var table = CandleFile.ReadAll(path);
        if (table.Rows == 0)
            throw new RefusedException($"{path}: no candle");
        return new ColumnSource(
            NameOf(path, table.Symbol), Timeframes.MostFrequentStep(table.Columns.OpenTimeMs.AsSpan(0, table.Rows)), table.Columns, table.Rows);
    }

    /// <summary>A file that is read again for each pass.</summary>
    private sealed class FileSource : ICandleSource
    {
        private readonly string _path;

        public FileSource(string path)
        {
            _path = path;
            var spans = CandleStore.Scan([path]);
            StepMs = spans.Rows > 1 ? spans.StepMs : null;
            using var file = CandleFile.Open(path);
            Symbol = NameOf(path, file.Symbol);
        }

        public string Symbol { get; }

        public long? StepMs { get; }

        public ICandleReader Open() => new Reader(CandleFile.Open(_path, ahead: false));

        private sealed class Reader(CandleFile file) : ICandleReader
        {
            public CandleColumns Columns { get; private set; } = CandleFile.Columns(0);

            public int Offset => 0;

            public int Read(int most)
            {
                if (Columns.Close.Length < most)
                    Columns = CandleFile.Columns(most);
                return file.Read(Columns, 0, most);
            }

            public void Dispose() => file.Dispose();
        }
    }
}
