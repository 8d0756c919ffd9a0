using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>
/// The worked examples of Achelis' "Technical Analysis from A to Z" as Tulip Indicators keeps them, to the digits printed.
/// Tulip starts its averages with the first value, we with the mean of the first n (INTERFACES.md): a first row that had stood
/// long before makes the two the same, so where <see cref="Example.Standing"/> is set such rows are put in front.
/// </summary>
public sealed class TulipTests
{
    private static readonly Example[] _examples =
    [
        new("ad", "hlcv", "adl"),
        new("aroon", "hl", "aroon", Outputs: "down up"),
        new("atr", "hlc", "atr", Standing: 1),
        new("bbands", "c", "bollinger", Outputs: "lower middle upper"),
        new("cci", "hlc", "cci"),
        new("cmo", "c", "cmo"),
        new("cvi", "hl", "cvi", Standing: 40),
        new("dpo", "c", "dpo"),
        new("ema", "c", "ema", Standing: 4),
        new("emv", "hlv", "eom", Arguments: [1, 10_000]),
        new("fosc", "c", "fosc"),
        new("mfi", "hlcv", "mfi"),
        new("nvi", "cv", "nvi"),
        new("obv", "cv", "obv"),
        new("psar", "hl", "psar"),
        new("qstick", "oc", "qstick"),
        new("rocr", "c", "roc", Times: 0.01, Plus: 1),
        new("rsi", "c", "rsi"),
        new("sma", "c", "sma"),
        new("stddev", "c", "stddev"),
        new("stoch", "hlc", "stoch", Outputs: "k d"),
        new("tr", "hlc", "tr", Standing: 1),
        new("trima", "c", "trima"),
        new("ultosc", "hlc", "uo", Standing: 1),
        new("vhf", "c", "vhf"),
        new("vosc", "v", "vosc"),
        new("wad", "hlc", "wad"),
        new("wilders", "c", "rma"),
        new("willr", "hlc", "williams"),
        new("wma", "c", "wma"),
    ];

    public static TheoryData<string> Names => new(_examples.Select(example => example.Name));

    [SharedTheory(Tulip.File)]
    [MemberData(nameof(Names))]
    public void The_book_agrees(string name)
    {
        var example = _examples.Single(example => example.Name == name);
        var (arguments, columns) = Tulip.Read(name);
        var tape = Tulip.Tape(example.Inputs, columns, example.Standing);
        var indicator = Runs.Get(example.Ours);
        var ours = Runs.Columns(indicator, example.Arguments ?? arguments, tape);
        var expected = columns[example.Inputs.Length..];
        var names = example.Outputs is null ? [indicator.Outputs[0].Name] : example.Outputs.Split(' ');
        for (var index = 0; index < names.Length; index++)
        {
            var output = ours[indicator.Outputs.ToList().FindIndex(one => one.Name == names[index])];
            Tulip.Agree([.. output.Select(value => (value * example.Times) + example.Plus)], expected[index], $"{name}.{names[index]}");
        }
    }

    // Tulip chains its averages so that each starts with the first value of the one before that it shows.
    [SharedFact(Tulip.File)]
    public void Chained_averages_agree_when_they_start_as_Tulip_does()
    {
        var (n, close) = Input("dema", "c");
        var (e1, e2, e3) = Chain(close.Close, (int)n[0]);
        Tulip.Agree(Each(e1, e2, e3, (first, second, _) => (2 * first) - second), Expected("dema", 1)[0], "dema");
        (n, close) = Input("tema", "c");
        (e1, e2, e3) = Chain(close.Close, (int)n[0]);
        Tulip.Agree(Each(e1, e2, e3, (first, second, third) => (3 * first) - (3 * second) + third), Expected("tema", 1)[0], "tema");
        (n, close) = Input("trix", "c");
        (_, _, e3) = Chain(close.Close, (int)n[0]);
        Tulip.Agree(Runs.Of("roc", e3, 1)[0], Expected("trix", 1)[0], "trix");
    }

    [SharedFact(Tulip.File)]
    public void Mass_index_agrees_when_its_averages_start_as_Tulip_does()
    {
        var (n, tape) = Input("mass", "hl");
        var (e1, e2, _) = Chain([.. tape.High.Zip(tape.Low, (high, low) => high - low)], 9);
        double[] ratios = [.. Each(e1, e2, e1, (first, second, _) => first / second).Where(double.IsFinite)];
        var sums = Runs.Of("sma", ratios, n[0])[0];
        Tulip.Agree([.. sums.Select(mean => mean * n[0])], Expected("mass", 2)[0], "mass");
    }

    [SharedFact(Tulip.File)]
    public void Volume_oscillators_agree_when_their_averages_start_as_Tulips_do()
    {
        var (n, tape) = Input("adosc", "hlcv");
        Tulip.Agree(Difference(Runs.Of("adl", tape)[0], n), Expected("adosc", 4)[0], "adosc");
        (n, tape) = Input("kvo", "hlcv");
        var force = new KlingerForce();
        Tulip.Agree(Difference([.. tape.Close.Select((_, row) => (double)force.Next(tape[row])).Skip(1)], n), Expected("kvo", 4)[0], "kvo");
    }

    // Achelis' MACD has fixed weights (0.15 and 0.075) instead of 2/13 and 2/27.
    [SharedFact(Tulip.File)]
    public void Macd_agrees_with_the_books_weights()
    {
        var (_, tape) = Input("macd", "c");
        var (fast, slow) = (First(tape.Close, 0.15), First(tape.Close, 0.075));
        double[] line = [.. fast.Zip(slow, (one, other) => one - other).Skip(25)];
        var signal = First(line, 0.2);
        var expected = Expected("macd", 1);
        Tulip.Agree(line, expected[0], "macd");
        Tulip.Agree(signal, expected[1], "macd signal");
        Tulip.Agree([.. line.Zip(signal, (one, other) => one - other)], expected[2], "macd histogram");
    }

    // Tulip's first sum has one move less than n: as though the first candle had not moved at all.
    [SharedFact(Tulip.File)]
    public void Directional_movement_agrees_when_the_first_candle_counts_as_still()
    {
        var (n, tape) = Input("di", "hlc");
        var (rows, directions, range) = ((int)n[0], new Directions(), new TrueRange());
        var (plus, minus, ranges) = (Smoothing.Wilder(rows), Smoothing.Wilder(rows), Smoothing.Wilder(rows));
        double[][] dm = [new double[tape.Close.Length], new double[tape.Close.Length]];
        double[][] di = [new double[tape.Close.Length], new double[tape.Close.Length]];
        for (var row = 0; row < tape.Close.Length; row++)
        {
            var (up, down) = directions.Next(tape.High[row], tape.Low[row]);
            double length = range.Next(tape[row]);
            (dm[0][row], dm[1][row]) = (rows * plus.Next(row == 0 ? 0 : up), rows * minus.Next(row == 0 ? 0 : down));
            double mean = ranges.Next(row == 0 ? 0 : length);
            (di[0][row], di[1][row]) = (100 * dm[0][row] / rows / mean, 100 * dm[1][row] / rows / mean);
        }

        double[] dx = [.. di[0].Zip(di[1], (one, other) => 100 * Math.Abs(one - other) / (one + other))];
        var adx = Runs.Of("rma", dx, rows)[0];
        for (var side = 0; side < 2; side++)
        {
            Tulip.Agree(dm[side], Expected("dm", 2)[side], $"dm {side}");
            Tulip.Agree(di[side], Expected("di", 3)[side], $"di {side}");
        }

        Tulip.Agree(dx, Expected("dx", 2)[0], "dx");
        Tulip.Agree(adx, Expected("adx", 2)[0], "adx");
        Tulip.Agree([.. adx.Select((value, row) => row < rows ? double.NaN : (value + adx[row - rows + 1]) / 2)], Expected("adxr", 2)[0], "adxr");
    }

    // medprice, typprice and wcprice are words of the language, not indicators.
    [SharedFact(Tulip.File)]
    public void Every_example_of_the_file_is_in_a_test()
    {
        string[] elsewhere = ["dema", "tema", "trix", "mass", "adosc", "kvo", "macd", "dm", "di", "dx", "adx", "adxr", "medprice", "typprice", "wcprice"];
        SharedData.Lines(Tulip.File).Where(line => line.Length > 0 && char.IsLetter(line[0])).Select(line => line.Split(' ')[0])
            .Except(_examples.Select(example => example.Name).Concat(elsewhere)).ShouldBeEmpty();
    }

    private static (double[] Arguments, CandleColumns Tape) Input(string name, string inputs)
    {
        var (arguments, columns) = Tulip.Read(name);
        return (arguments, Tulip.Tape(inputs, columns));
    }

    private static string[][] Expected(string name, int inputs) => Tulip.Read(name).Columns[inputs..];

    private static double[] First(double[] series, double weight)
    {
        var smooth = new Smoothing(1, weight);
        return [.. series.Select(value => (double)smooth.Next(value))];
    }

    private static double[] Difference(double[] series, double[] n)
    {
        var (fast, slow) = (First(series, 2 / (n[0] + 1)), First(series, 2 / (n[1] + 1)));
        return [.. fast.Zip(slow, (one, other) => one - other)];
    }

    private static (double[] First, double[] Second, double[] Third) Chain(double[] series, int n)
    {
        var weight = 2.0 / (n + 1);
        var first = First(series, weight);
        var second = First([.. Enumerable.Repeat(double.NaN, n - 1), .. first.Skip(n - 1)], weight);
        var third = First([.. Enumerable.Repeat(double.NaN, 2 * (n - 1)), .. second.Skip(2 * (n - 1))], weight);
        return (first, second, third);
    }

    private static double[] Each(double[] first, double[] second, double[] third, Func<double, double, double, double> of) =>
        [.. first.Select((value, row) => of(value, second[row], third[row]))];

    private sealed record Example(
        string Name, string Inputs, string Ours, int Standing = 0, string? Outputs = null, double[]? Arguments = null, double Times = 1, double Plus = 0);
}
