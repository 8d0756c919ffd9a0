using System.Globalization;
using Lastro.Core.Indicators;

namespace Lastro.Core.Tests.Indicators;

/// <summary>The file of worked examples: a line of name and parameters, lines of inputs, lines of expected values, all in braces.</summary>
internal static class Tulip
{
    public const string File = "data/indicators/tulip/atoz.txt.gz";

    public static (double[] Arguments, string[][] Columns) Read(string name)
    {
        var lines = SharedData.Lines(File).SkipWhile(line => line.Split(' ')[0] != name).TakeWhile(line => line.Length > 0).ToList();
        return (
            [.. lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)],
            [.. lines.Where(line => line[0] == '{').Select(line => line.Trim('{', '}').Split(','))]);
    }

    public static CandleColumns Tape(string inputs, string[][] columns, int standing = 0)
    {
        var tape = Tapes.Empty(columns[0].Length + standing);
        for (var input = 0; input < inputs.Length; input++)
        {
            var values = columns[input].Select(Parse).ToArray();
            double[] column = [.. Enumerable.Repeat(values[0], standing), .. values];
            column.CopyTo(inputs[input] switch
            {
                'o' => tape.Open,
                'h' => tape.High,
                'l' => tape.Low,
                'c' => tape.Close,
                _ => tape.Volume,
            }, 0);
        }

        return tape;
    }

    public static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    /// <summary>The expected values are those of the last rows; right when they differ by less than the last digit printed.</summary>
    public static void Agree(double[] ours, string[] expected, string what)
    {
        for (var (row, value) = (ours.Length - 1, expected.Length - 1); value >= 0; row--, value--)
            ours[row].ShouldBe(Parse(expected[value]), Digits(expected[value]), $"{what}, value {value}");
    }

    // Some were cut, not rounded.
    private static double Digits(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        return 1.001 * Math.Pow(10, point < 0 ? 0 : point + 1 - number.Length);
    }
}
