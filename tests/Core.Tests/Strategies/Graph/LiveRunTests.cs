using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Core.Strategies;
using Lastro.Core.Tests.Indicators;

namespace Lastro.Core.Tests.Strategies.Graph;

/// <summary>Rows as they happen: history first, then one at a time, with the time that has passed.</summary>
public sealed class LiveRunTests
{
    private static readonly Timeframe _minute = Timeframe.Minute;
    private static readonly Timeframe _quarter = Timeframe.Parse("15m");

    [Fact]
    public void A_bot_sees_what_a_backtest_sees_and_sees_it_with_the_row_that_ends_the_candle()
    {
        var (graph, rules) = (new RuleGraph(_quarter), new RandomRules(new Random(8)));
        var nodes = Enumerable.Range(0, 30).Select(_ => rules.Condition(_quarter, 5).AddTo(graph.Root)).ToList();
        var tape = Minutes(6_000);
        var backtest = Collected.From(graph, _minute, tape, Files.Cuts(6_000, 4096), nodes);
        var (bot, candle) = (graph.Start(_minute, new GraphOptions { BlockRows = 60 }), 0);
        for (var row = 0; row < 6_000; row += row < 3_000 ? 60 : 1)
        {
            var rows = row < 3_000 ? 60 : 1;
            var passed = _minute.NextOpen(tape.OpenTimeMs[row + rows - 1]);
            var ended = bot.Next(tape, row, rows, passed);
            if (row >= 3_000)
                ended.ShouldBe(passed % _quarter.LengthMs == 0 ? 1 : 0, $"row {row}");
            for (var index = 0; index < ended; index++, candle++)
            {
                bot.Candles[bot.Offset + index].ShouldBe(backtest.Candles[candle]);
                foreach (var node in nodes)
                    At(bot, node, index).ShouldBe(backtest.Truth[node][candle], $"candle {candle}");
            }
        }

        candle.ShouldBe(400);
    }

    [Fact]
    public void Every_part_of_a_rule_can_be_explained_at_a_row()
    {
        var graph = new RuleGraph(_quarter);
        var (scope, hour) = (graph.Root, graph.Root.Coarser(Timeframe.Parse("1h")));
        var rsi = Rule.Of("rsi", Rule.Close, 14);
        var rule = Rule.On("1h", rsi < 50) & (Rule.Close > Rule.Close.Ago(3));

        // What stands inside on is shown to the root: it is told as of the candle the rule saw.
        var inside = scope.Show(hour, rsi.AddTo(hour));
        var (whole, close) = (rule.AddTo(scope), Rule.Close.AddTo(scope));
        var (tape, row) = (Minutes(6_000), 0);
        var run = graph.Start(_minute);
        for (; row < 5_000; row += 1_000)
            run.Next(tape, row, 1_000);
        var twin = new RuleTwin(Files.Bars(tape).Take(5_000), _minute, _quarter);
        var last = run.Rows - 1;

        // The twin knows the candle that the next row will end; this run has not seen it end.
        var at = twin.Candles.FindIndex(bar => bar.OpenTimeMs == run.Candles[run.Offset + last].OpenTimeMs);
        run.Values(inside)[last].ShouldBe(twin.Values(Rule.On("1h", rsi))[at]);
        run.Values(close)[last].ShouldBe(twin.Values(Rule.Close)[at]);
        At(run, whole, last).ShouldBe(twin.Truth(rule)[at]);
    }

    [Fact]
    public void A_second_row_in_the_span_of_the_last_one_is_left_out_of_coarse_candles_the_rules_have_seen()
    {
        var hour = Timeframe.Parse("1h");
        var graph = new RuleGraph(hour);
        var daily = Rule.On("1d", Rule.Close).AddTo(graph.Root);
        var times = Files.Times(hour, 49, new Random(1), gaps: false, jitter: false);

        // The row of 23:00 comes twice: at 23:00 and at 23:20.
        times = [.. times.Take(24), times[23] + 1_200_000, .. times.Skip(24)];
        var tape = Files.At(times, Tapes.Walk(50));
        var collected = Collected.From(graph, hour, tape, Files.Cuts(50, 7), [daily]);
        collected.Values[daily][22].ShouldBe(double.NaN);
        collected.Values[daily].Skip(23).Take(24).ShouldAllBe(value => value == tape.Close[23]);
    }

    [Fact]
    public void The_last_candle_of_a_file_counts_though_the_file_cuts_it_off()
    {
        var graph = new RuleGraph(_quarter);
        var (close, hourly) = (Rule.Close.AddTo(graph.Root), Rule.On("1h", Rule.Close).AddTo(graph.Root));
        var tape = Minutes(60 + 49);
        var run = graph.Start(_minute);
        run.Next(tape, 0, tape.Close.Length).ShouldBe(7);
        run.Finish().ShouldBe(1);
        run.Values(close)[0].ShouldBe(tape.Close[^1]);

        // Its time ends with the hour's, so the hour is shown, made of the rows present.
        run.Values(hourly)[0].ShouldBe(tape.Close[^1]);
    }

    private static bool? At(GraphRun run, NodeId node, int row) =>
        (run.TrueBits(node)[row / 64] >> (row % 64) & 1) != 0 ? true : (run.FalseBits(node)[row / 64] >> (row % 64) & 1) != 0 ? false : null;

    private static CandleColumns Minutes(int rows) => Files.At(Files.Times(_minute, rows, new Random(1), gaps: false, jitter: false), Tapes.Walk(rows));
}
