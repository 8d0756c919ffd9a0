using Lastro.Cli.Backtests;
using Lastro.Cli.CommandLine;
using Lastro.Cli.Strategies;
using Lastro.Core.Backtesting;

namespace Lastro.Cli.Tests;

public sealed class CandleInputsTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Streamed_files_give_the_same_report_as_files_in_memory()
    {
        var first = _cli.Write("AB_30m.csv", BacktestCommandTests.Walk(20_000, 1_800_000));
        var second = _cli.Write("CD_30m.csv", BacktestCommandTests.Walk(15_000, 1_800_000, seed: 3));
        string[][] lines = [["--candles", first], ["--candles", first, "--candles", second]];
        foreach (var line in lines)
        {
            var arguments = Arguments.Read(RunBacktest.Command, [.. line, "--strategy", "rsi"]);
            var memory = CandleInputs.Open(arguments);
            var streamed = CandleInputs.Open(arguments, mostInMemory: 0);
            memory.ShouldAllBe(source => source is ColumnSource);
            streamed.ShouldAllBe(source => !(source is ColumnSource));
            streamed.Select(source => (source.Symbol, source.StepMs)).ShouldBe(memory.Select(source => (source.Symbol, source.StepMs)));
            ReportJson.ToBytes(StrategyFiles.Load("rsi").Backtest(streamed, new BacktestOptions())).ShouldBe(
                ReportJson.ToBytes(StrategyFiles.Load("rsi").Backtest(memory, new BacktestOptions())));
        }
    }
}
