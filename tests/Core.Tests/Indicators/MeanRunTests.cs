namespace Lastro.Core.Tests.Indicators;

/// <summary>Short averages add in the order of the definition, to the bit; side by side, one by one and in place.</summary>
public sealed class MeanRunTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(30)]
    [InlineData(63)]
    [InlineData(64)]
    public void Sma_is_the_sum_oldest_first_divided_by_n(int n)
    {
        foreach (var (kind, tape) in Tapes.All())
        {
            var (ours, known) = (Runs.Of("sma", tape.Close, n)[0], new List<double>());
            for (var row = 0; row < ours.Length; row++)
            {
                var x = tape.Close[row];
                if (double.IsFinite(x)) known.Add(x);
                var sum = 0.0;
                foreach (var value in known.TakeLast(n)) sum += value;
                var mean = double.IsFinite(x) && known.Count >= n ? sum / n : double.NaN;
                BitConverter.DoubleToInt64Bits(ours[row]).ShouldBe(BitConverter.DoubleToInt64Bits(double.IsFinite(mean) ? mean : double.NaN), $"sma({n}) on {kind}, row {row}");
            }
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(97)]
    public void Bollinger_stands_around_the_sma_to_the_bit(int n)
    {
        foreach (var (_, tape) in Tapes.All())
            Runs.Of("bollinger", tape.Close, n, 2)[1].ShouldBe(Runs.Of("sma", tape.Close, n)[0]);
    }

    [Fact]
    public void Bollinger_may_be_written_over_its_input()
    {
        var tape = Tapes.Walk(900);
        var wanted = Runs.Of("bollinger", tape.Close, 20, 2);
        for (var place = 0; place < 5; place++)
        {
            double[][] outputs = [.. Enumerable.Range(0, 5).Select(_ => new double[900])];
            outputs[place] = [.. tape.Close];
            Runs.Get("bollinger").Start(20, 2).Fill(900, null, [outputs[place]], outputs);
            outputs.ShouldBe(wanted);
        }
    }
}
