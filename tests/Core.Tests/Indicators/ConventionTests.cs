using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>What INTERFACES.md says of the corners.</summary>
public sealed class ConventionTests
{
    private static readonly double[] _flat = [.. Enumerable.Repeat(0.1, 200)];

    [Theory]
    [InlineData("rsi", 100)]
    [InlineData("stoch", 0)]
    [InlineData("williams", -100)]
    [InlineData("mfi", 100)]
    [InlineData("cci", double.NaN)]
    [InlineData("zscore", double.NaN)]
    [InlineData("stddev", 0)]
    [InlineData("obv", 0)]
    [InlineData("cmo", double.NaN)]
    [InlineData("chop", double.NaN)]
    [InlineData("correlation", double.NaN)]
    [InlineData("bop", 0)]
    [InlineData("stochrsi", 0)]
    [InlineData("rank", 100)]
    [InlineData("fisher", 0)]
    [InlineData("kama", 0.1)]
    [InlineData("tsi", double.NaN)]
    [InlineData("adx", double.NaN)]
    [InlineData("vhf", double.NaN)]
    [InlineData("mass", double.NaN)]
    [InlineData("uo", double.NaN)]
    [InlineData("vortex", double.NaN)]
    [InlineData("cmf", 0)]
    [InlineData("adl", 0)]
    [InlineData("eom", 0)]
    [InlineData("force", 0)]
    [InlineData("aroon", 100)]
    [InlineData("beta", double.NaN)]
    public void A_flat_market(string name, double value) => Runs.Columns(Runs.Get(name), Runs.Get(name).Defaults(), Flat())[0][^1].ShouldBe(value);

    // After a stormy past no window may remember anything of it.
    [Theory]
    [InlineData("stddev", 0)]
    [InlineData("zscore", double.NaN)]
    [InlineData("cci", double.NaN)]
    [InlineData("cmo", double.NaN)]
    [InlineData("stoch", 0)]
    [InlineData("mfi", 100)]
    [InlineData("ulcer", 0)]
    public void A_market_that_has_become_flat(string name, double value)
    {
        var tape = Tapes.Around([.. Tapes.Walk(301).Close, .. _flat], new Random(1));
        foreach (var column in new[] { tape.Open, tape.High, tape.Low, tape.Close })
            Array.Fill(column, 0.1, 301, 200);
        for (var arguments = Runs.Get(name).Defaults(); arguments[0] < 30; arguments[0]++)
            Runs.Columns(Runs.Get(name), arguments, tape)[0][^1].ShouldBe(value, $"{name}({arguments[0]})");
    }

    [Fact]
    public void Ema_starts_with_the_mean_and_macds_signal_too()
    {
        var x = Tapes.Walk(60).Close;
        Runs.Of("ema", x, 10)[0][9].ShouldBe(x[..10].Average(), 1e-9);
        var macd = Runs.Of("macd", x, 5, 10, 4);
        macd[1][12].ShouldBe(macd[0][9..13].Average(), 1e-9);
        macd[0][8].ShouldBe(double.NaN);
        macd[1][11].ShouldBe(double.NaN);
    }

    [Fact]
    public void Roc_is_in_percent_and_nothing_is_divided_by_zero() =>
        Runs.Of("roc", [4, 0, 5, 6], 1)[0].ShouldBe([double.NaN, -100, double.NaN, 20]);

    [Fact]
    public void Infinity_is_unknown_as_well() =>
        Runs.Of("sma", [1, double.PositiveInfinity, 2, 3], 2)[0].ShouldBe([double.NaN, double.NaN, 1.5, 2.5]);

    [Fact]
    public void Without_volume_what_needs_none_goes_on()
    {
        var tape = Tapes.Walk(100);
        Array.Fill(tape.Volume, double.NaN);
        foreach (var indicator in IndicatorCatalog.All.Where(one => one.Group != IndicatorGroup.Volume && !one.Name.StartsWith("vw", StringComparison.Ordinal)))
        {
            if (indicator.Name is not ("mass" or "zigzag") && indicator.Outputs.Max(output => output.WarmUp(indicator.Defaults())) < 95)
                Runs.Columns(indicator, indicator.Defaults(), tape).ShouldAllBe(column => double.IsFinite(column[99]), indicator.Name);
        }

        Runs.Of("obv", tape)[0].ShouldAllBe(value => double.IsNaN(value));
    }

    [Fact]
    public void Columns_that_are_too_short_are_refused()
    {
        var (sma, atr) = (Runs.Get("sma").Start(3), Runs.Get("atr").Start(3));
        double[] five = new double[5], four = new double[4];
        Should.Throw<ArgumentException>(() => sma.Fill(5, null, [five], [four]));
        Should.Throw<ArgumentException>(() => sma.Fill(5, null, [four], [five]));
        Should.Throw<ArgumentException>(() => sma.Fill(5, null, [five], [five, five]));
        Should.Throw<ArgumentException>(() => sma.Fill(-1, null, [five], [five]));
        Should.Throw<ArgumentException>(() => atr.Fill(5, Tapes.Empty(4), [], [five]));
        Should.Throw<ArgumentException>(() => atr.Fill(5, null, [], [five]));
        Should.Throw<ArgumentException>(() => Runs.Get("beta").Start(3).Fill(5, null, [five, four], [five]));
        Should.Throw<ArgumentException>(() => sma.Next(default, [], five.AsSpan(0, 1)));
    }

    private static CandleColumns Flat()
    {
        var tape = Tapes.Empty(200);
        foreach (var column in new[] { tape.Open, tape.High, tape.Low, tape.Close, tape.Volume })
            _flat.CopyTo(column, 0);
        return tape;
    }
}
