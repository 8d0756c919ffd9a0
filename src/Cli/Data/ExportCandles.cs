using Lastro.Cli.CommandLine;
using Lastro.Exchanges.Files;

namespace Lastro.Cli.Data;

internal static class ExportCandles
{
    public static void Run(Arguments arguments)
    {
        var source = DataFolder.Resolve(arguments, arguments.Words[0]);
        var from = arguments.Time("--from", long.MinValue);
        var to = arguments.Time("--to", long.MaxValue);
        ImportCandles.Answer(arguments, CandleStore.Write([source], arguments.Words[1], from, to));
    }
}
