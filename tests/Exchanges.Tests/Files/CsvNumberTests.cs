using System.Globalization;
using System.Text;
using Lastro.Exchanges.Files;

namespace Lastro.Exchanges.Tests.Files;

public sealed class CsvNumberTests
{
    [Fact]
    public void Doubles_are_the_nearest_whatever_the_digits()
    {
        var random = new Random(5);
        for (var i = 0; i < 400_000; i++)
        {
            var text = Digits(random);
            CsvNumber.TryDouble(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue(text);
            BitConverter.DoubleToInt64Bits(value).ShouldBe(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), text);
        }
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992")]
    [InlineData("0.000000000000000000001")]
    [InlineData("1e22")]
    [InlineData("9e-05")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("18251592538769.00000000")]
    [InlineData("99999999999999999999")]
    [InlineData("00000000000000000000000000001.5")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData("-0.25")]
    public void Awkward_numbers_are_read_as_the_framework_reads_them(string text)
    {
        CsvNumber.TryDouble(Encoding.ASCII.GetBytes(text), out var value).ShouldBeTrue();
        value.ShouldBe(double.Parse(text, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("1234567:")]
    [InlineData("1234567/")]
    [InlineData("12345678\u00e9")]
    public void What_is_no_finite_number_is_refused(string text) =>
        CsvNumber.TryDouble(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void No_byte_beside_the_digits_passes_for_one()
    {
        for (var letter = 0; letter < 256; letter++)
        {
            for (var at = 0; at < 8; at++)
            {
                var text = "12345678"u8.ToArray();
                text[at] = (byte)letter;
                CsvNumber.TryLong(text, out _).ShouldBe(letter is >= '0' and <= '9' || (at == 0 && letter is '+' or '-' && at == 0), $"{letter} at {at}");
            }
        }
    }

    private static string Digits(Random random)
    {
        var whole = string.Concat(Enumerable.Range(0, random.Next(0, 14)).Select(_ => (char)('0' + random.Next(10))));
        var part = string.Concat(Enumerable.Range(0, random.Next(0, 14)).Select(_ => (char)('0' + random.Next(10))));
        if (whole.Length + part.Length == 0)
            whole = "0";
        var text = part.Length > 0 ? $"{whole}.{part}" : whole;
        return random.Next(20) == 0 ? $"{text}e{random.Next(-30, 30)}" : text;
    }
}
