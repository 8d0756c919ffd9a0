using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

public sealed class CatalogTests
{
    public static TheoryData<string> Names => new(IndicatorCatalog.All.Select(indicator => indicator.Name));

    [Fact]
    public void Has_all_that_was_promised()
    {
        var promised = ("sma ema wma dema tema hma kama rma vwma vwap vwap_session zlema alma t3 linreg rsi stochrsi macd ppo roc mom cci williams stoch tsi uo ao bop cmo fisher "
            + "atr tr natr bollinger keltner donchian stddev chop historical_volatility ulcer adx aroon psar supertrend ichimoku vortex trix dpo "
            + "obv mfi cmf adl chaikin force eom pvt volume_sma pivots fractals zigzag heikin_ashi highest lowest change percent_change rank zscore correlation beta").Split(' ');
        promised.Except(IndicatorCatalog.All.Select(indicator => indicator.Name), StringComparer.Ordinal).ShouldBeEmpty();
        IndicatorCatalog.All.Where(indicator => indicator.Repaints).Select(indicator => indicator.Name).ShouldBe(["zigzag"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_is_complete(string name)
    {
        var indicator = Runs.Get(name);
        indicator.Name.ShouldMatch("^[a-z][a-z0-9_]*$");
        indicator.Formula.Length.ShouldBeGreaterThan(3);
        indicator.Source.Length.ShouldBeGreaterThan(3);
        indicator.Outputs.Count.ShouldBeInRange(1, 7);
        indicator.Outputs.Select(output => output.Name).ShouldBeUnique();
        indicator.Parameters.Select(parameter => parameter.Name).ShouldBeUnique();
        indicator.Parameters.ShouldAllBe(parameter => parameter.Accepts(parameter.Default) && parameter.Accepts(parameter.Least) && parameter.Accepts(parameter.Most));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_by_row_is_by_columns_to_the_last_bit(string name)
    {
        var indicator = Runs.Get(name);
        foreach (var (kind, tape) in Tapes.All())
        {
            foreach (var arguments in ArgumentsOf(indicator))
            {
                var (columns, rows) = (Runs.Columns(indicator, arguments, tape), Runs.Rows(indicator, arguments, tape));
                for (var output = 0; output < columns.Length; output++)
                    Bits(columns[output]).SequenceEqual(Bits(rows[output])).ShouldBeTrue($"{name}({string.Join(", ", arguments)}).{indicator.Outputs[output].Name} on {kind}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_may_come_in_pieces(string name)
    {
        var (indicator, tape) = (Runs.Get(name), Tapes.Walk(700));
        var whole = Runs.Columns(indicator, indicator.Defaults(), tape);
        var run = indicator.Start(indicator.Defaults());
        foreach (var (from, to) in new[] { (0, 1), (1, 100), (100, 333), (333, 700) })
        {
            var piece = Cut(tape, from, to);
            var outputs = indicator.Outputs.Select(_ => new double[to - from]).ToArray();
            run.Fill(to - from, piece, Runs.Series(indicator, piece), outputs);
            for (var output = 0; output < outputs.Length; output++)
                Bits(outputs[output]).SequenceEqual(Bits(whole[output][from..to])).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_warm_up_is_true(string name)
    {
        var (indicator, tape) = (Runs.Get(name), Tapes.Walk(700));
        foreach (var arguments in ArgumentsOf(indicator))
        {
            var columns = Runs.Columns(indicator, arguments, tape);
            for (var output = 0; output < columns.Length; output++)
            {
                var (first, said) = (Array.FindIndex(columns[output], double.IsFinite), indicator.Outputs[output].WarmUp(arguments));
                var which = $"{name}({string.Join(", ", arguments)}).{indicator.Outputs[output].Name}";
                if (indicator.WarmUpDependsOnData)
                    first.ShouldBeGreaterThanOrEqualTo(said, which);
                else
                    first.ShouldBe(said, which);
                if (indicator.Name is not ("fractals" or "zigzag"))
                    columns[output].Skip(first).All(double.IsFinite).ShouldBeTrue(which);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_unknown_row_is_as_though_it_had_not_been(string name)
    {
        var (indicator, tape) = (Runs.Get(name), Tapes.Walk(300));
        var (run, twin) = (indicator.Start(indicator.Defaults()), indicator.Start(indicator.Defaults()));
        var (one, other) = (new double[indicator.Outputs.Count], new double[indicator.Outputs.Count]);
        var nothing = new Bar { OpenTimeMs = 0, Open = double.NaN, High = double.NaN, Low = double.NaN, Close = double.NaN, Volume = double.NaN };
        for (var row = 0; row < 300; row++)
        {
            if (row % 7 == 3)
            {
                run.Next(nothing, Enumerable.Repeat(double.NegativeInfinity, indicator.SeriesCount).ToArray(), one);
                one.All(double.IsNaN).ShouldBeTrue();
            }

            var series = Runs.Series(indicator, tape).Select(column => column[row]).ToArray();
            run.Next(tape[row], series, one);
            twin.Next(tape[row], series, other);
            Bits(one).SequenceEqual(Bits(other)).ShouldBeTrue($"row {row}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Arguments_out_of_range_are_refused(string name)
    {
        var indicator = Runs.Get(name);
        Should.Throw<ArgumentException>(() => indicator.Start([.. indicator.Defaults(), 1]));
        for (var index = 0; index < indicator.Parameters.Count; index++)
        {
            var arguments = indicator.Defaults();
            foreach (var wrong in new[] { double.NaN, indicator.Parameters[index].Most + 1, indicator.Parameters[index].Least - 1 })
            {
                arguments[index] = wrong;
                Should.Throw<ArgumentException>(() => indicator.Start(arguments));
            }

            arguments[index] = 2.5;
            if (indicator.Parameters[index].Whole)
                Should.Throw<ArgumentException>(() => indicator.Start(arguments));
        }
    }

    // The defaults, the least of everything, and others.
    private static IEnumerable<double[]> ArgumentsOf(Indicator indicator)
    {
        yield return indicator.Defaults();
        yield return [.. indicator.Parameters.Select(parameter => parameter.Whole ? parameter.Least : parameter.Default)];
        yield return [.. indicator.Parameters.Select(parameter => parameter.Whole ? Math.Min(parameter.Default + 3, parameter.Most) : parameter.Default)];
        yield return [.. indicator.Parameters.Select((parameter, index) => parameter.Whole ? Math.Max(parameter.Least, 7 - index) : parameter.Default)];
    }

    private static long[] Bits(double[] values) => [.. values.Select(value => double.IsNaN(value) ? -1 : BitConverter.DoubleToInt64Bits(value))];

    private static CandleColumns Cut(CandleColumns tape, int from, int to) => new()
    {
        OpenTimeMs = tape.OpenTimeMs[from..to],
        Open = tape.Open[from..to],
        High = tape.High[from..to],
        Low = tape.Low[from..to],
        Close = tape.Close[from..to],
        Volume = tape.Volume[from..to],
    };
}
