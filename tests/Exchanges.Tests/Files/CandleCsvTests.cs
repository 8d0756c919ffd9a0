using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lastro.Exchanges.Files;

namespace Lastro.Exchanges.Tests.Files;

public sealed class CandleCsvTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lastro-csv-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedFact("data/candles")]
    public void Every_shared_candle_file_is_read_as_a_plain_reader_reads_it()
    {
        string[] files = ["binance_spot_1m/BTCUSDT_202407_08", "binance_spot_1h/PEPEUSDT", "binanceus_spot_1m/BTCUSDT_202303", "bitfinex_1m/XRPUSD_2017", "binance_spot_1d/BTCUSDT"];
        foreach (var file in files)
        {
            var relative = $"data/candles/{file}.csv.gz";
            using var csv = new CandleCsv(SharedData.Path(relative));
            var rows = 0;
            foreach (var cells in SharedData.Lines(relative).Skip(1).Select(line => line.Split(',')))
            {
                csv.Read().ShouldBeTrue();
                var row = csv.Current;
                row.OpenTimeMs.ToString(CultureInfo.InvariantCulture).ShouldBe(cells[0]);
                decimal[] values = [row.Open.Value, row.High.Value, row.Low.Value, row.Close.Value, row.Volume.Value];
                values.ShouldBe(cells[1..].Select(cell => decimal.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture)));
                rows++;
            }

            csv.Read().ShouldBeFalse();
            rows.ShouldBeGreaterThan(3_000);
        }
    }

    [SharedFact("data/candles/fx_1d")]
    public void A_file_with_a_high_inside_the_body_is_refused_with_its_line()
    {
        using var csv = new CandleCsv(SharedData.Path("data/candles/fx_1d/USDBRL_2010_2017.csv.gz"));
        var error = Should.Throw<InvalidDataException>(() => { while (csv.Read()) { } });
        error.Message.ShouldContain("USDBRL_2010_2017.csv.gz, line ");
        error.Message.ShouldContain("inside the body");
    }

    [Theory]
    [InlineData("60000,1,2,1,2", "line 3: 6 columns are needed, not 5")]
    [InlineData("60000,1,2,1,2,3,4", "line 3: 6 columns are needed, not more")]
    [InlineData("x,1,2,1,2,3", "line 3, column 1: open_time_ms 'x' is no time")]
    [InlineData("0,1,2,1,2,3", "line 3, column 1: open time 0 appears twice")]
    [InlineData("-5,1,2,1,2,3", "line 3, column 1: open_time_ms '-5' is no time")]
    [InlineData("60000,NaN,2,1,2,3", "line 3, column 7: open 'NaN' is no finite number")]
    [InlineData("60000,1,Infinity,1,2,3", "line 3, column 9: high 'Infinity' is no finite number")]
    [InlineData("60000,1,1e999,1,2,3", "line 3, column 9: high '1e999' is no finite number")]
    [InlineData("60000,1,2,0,2,3", "line 3, column 11: low 0 is not above zero")]
    [InlineData("60000,1,2,-1,2,3", "line 3, column 11: low -1 is not above zero")]
    [InlineData("60000,1,2,1,,3", "line 3, column 13: close '' is no finite number")]
    [InlineData("60000,1,1.5,1,2,3", "line 3, column 9: high 1.5 lies inside the body")]
    [InlineData("60000,1,2,1.5,2,3", "line 3, column 11: low 1.5 lies inside the body")]
    [InlineData("60000,1,2,1,2,-3", "line 3, column 15: volume -3 is negative")]
    [InlineData("60000,1,2,1,2,a", "line 3, column 15: volume 'a' is no finite number")]
    [InlineData("60000,1,2,1,2,3\n120000,1,2,1,2,3\n60000,1,2,1,2,3", "line 5, column 1: open time 60000 lies before 120000")]
    public void A_broken_row_is_refused_with_file_and_line(string rows, string message)
    {
        var path = Write($"{CandleCsv.Header}\n0,1,2,1,2,3\n{rows}\n");
        using var csv = new CandleCsv(path);
        Should.Throw<InvalidDataException>(() => { while (csv.Read()) { } }).Message.ShouldStartWith($"{path}, {message}");
    }

    [Fact]
    public void Empty_volumes_blank_lines_windows_line_ends_and_a_missing_last_line_end_are_read()
    {
        using var csv = new CandleCsv(Write($"\uFEFF{CandleCsv.Header}\r\n0,1,2,1,2,\r\n\r\n60000,1,2,1,2,9e-05"));
        csv.Read().ShouldBeTrue();
        csv.VolumeKnown.ShouldBeFalse();
        csv.Read().ShouldBeTrue();
        (csv.VolumeKnown, csv.Current.Volume.Value, csv.Line).ShouldBe((true, 0.00009m, 4));
        csv.Read().ShouldBeFalse();
    }

    [Fact]
    public void A_wrong_header_an_empty_file_and_a_torn_archive_are_refused()
    {
        Should.Throw<InvalidDataException>(() => new CandleCsv(Write("time,o,h,l,c,v\n"))).Message.ShouldContain("line 1: the header must be");
        Should.Throw<InvalidDataException>(() => new CandleCsv(Write(""))).Message.ShouldContain("is empty");
        Should.Throw<InvalidDataException>(() => new CandleCsv(Path.Combine(_folder, "none.csv"))).Message.ShouldContain("cannot be read");
        var torn = Path.Combine(_folder, "torn.csv.gz");
        using (var packed = new MemoryStream())
        {
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(Encoding.UTF8.GetBytes(CandleCsv.Header + "\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},1,2,1,2,{i}\n"))));
            File.WriteAllBytes(torn, [.. packed.ToArray().Take(2_000), .. new byte[3_000]]);
        }

        Should.Throw<InvalidDataException>(() => Read(torn)).Message.ShouldContain("torn.csv.gz, line ");
    }

    [Fact]
    public void Reading_allocates_the_buffer_and_no_more_however_long_the_file()
    {
        var rows = Enumerable.Range(0, 50_000).Select(i => $"{1_600_000_000_000 + (i * 60_000L)},61837.64000000,61900.10000000,61800.01000000,61850.22000000,1.54698000");
        var path = Write(string.Join('\n', [CandleCsv.Header, .. rows]));
        Read(path).ShouldBe(50_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(path);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
    }

    private static int Read(string path)
    {
        using var csv = new CandleCsv(path);
        var rows = 0;
        while (csv.Read())
            rows++;
        return rows;
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
