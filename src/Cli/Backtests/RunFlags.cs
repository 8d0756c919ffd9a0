using Lastro.Cli.CommandLine;
using Lastro.Core.Backtesting;

namespace Lastro.Cli.Backtests;

/// <summary>Options that backtest and sweep share.</summary>
internal static class RunFlags
{
    public static readonly IReadOnlyList<Option> All =
    [
        new("--strategy", "FILE|NAME", "strategy document, or the name of a built-in one (lastro strategy list)") { Needed = true },
        CandleInputs.Flag,
        new("--cash", "N (10000)", "quote units at the start"),
        new("--fee", "N (0.001)", "share of each fill"),
        new("--slippage", "N (0)", "how much worse than the price a market order fills, a share"),
        new("--from", "ISO", "first candle that counts; those before only warm up"),
        new("--to", "ISO", "open time of the first candle left out"),
        new("--fill", "open|touch|through", "entries as market orders at the next open (default), or as limit orders at the close of the signal"),
        Data.DataFolder.Flag,
    ];

    public static readonly Option Detail = new("--detail", "FILE|NAME", "candles of a smaller timeframe that decide what came first inside a candle") { Many = true };

    public static BacktestOptions Read(Arguments arguments)
    {
        var from = arguments.Time("--from", long.MinValue);
        var to = arguments.Time("--to", long.MaxValue);
        if (from >= to)
            throw new UsageException("--from must lie before --to");
        var fill = EntryFill.Open;
        if (arguments.Text("--fill") is { } word && !EntryFills.TryParse(word, out fill))
            throw new UsageException($"--fill '{word}' is none of open, touch, through");
        return new BacktestOptions
        {
            Cash = arguments.Number("--cash", 10_000, 1e-9, 1e15),
            Fee = arguments.Number("--fee", 0.001, 0, 0.999999),
            Slippage = arguments.Number("--slippage", 0, 0, 0.999999),
            FromMs = from == long.MinValue ? null : from,
            ToMs = to == long.MaxValue ? null : to,
            Fill = fill,
        };
    }
}
