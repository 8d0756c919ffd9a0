using Lastro.Cli.CommandLine;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Data;

internal static class ExportCandles
{
    public static void Run(Arguments arguments)
    {
        var source = DataFolder.Resolve(arguments, arguments.Words[0]);
        var from = arguments.Time("--from", long.MinValue);
        var to = arguments.Time("--to", long.MaxValue);
        ImportCandles.Answer(arguments, arguments.Text("--timeframe") is { } code
            ? Coarser(source, arguments.Words[1], code, (from, to))
            : CandleStore.Write([source], arguments.Words[1], from, to));
    }

    private static CandleImport Coarser(string source, string target, string code, (long FromMs, long ToMs) span)
    {
        if (!Timeframe.TryParse(code, out var timeframe))
            throw new UsageException($"--timeframe '{code}' is none of {string.Join(' ', Timeframe.All)}");
        var table = CandleFile.ReadAll(source);
        if (Timeframes.IsFiner(timeframe, Timeframes.MostFrequentStep(table.Columns.OpenTimeMs.AsSpan(0, table.Rows))))
            throw new RefusedException($"{source}: its rows are coarser than {timeframe}");
        var candles = CandleAggregator.All(timeframe, table.Columns, table.Rows);
        var spans = new CandleSpans();
        using var writer = new CandleWriter(target);
        for (var row = 0; row < candles.OpenTimeMs.Length; row++)
            Write(candles[row]);
        if (spans.Rows == 0)
            throw new RefusedException($"{source}: no candle of {timeframe} in this time");
        writer.Finish();
        return new CandleImport { Path = target, Spans = spans, Read = [(source, table.Form, table.Rows)] };

        void Write(in Bar candle)
        {
            if (candle.OpenTimeMs < span.FromMs || candle.OpenTimeMs >= span.ToMs)
                return;
            spans.Add(candle.OpenTimeMs);
            writer.Row(candle);
        }
    }
}
