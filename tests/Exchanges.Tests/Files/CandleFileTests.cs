using System.Globalization;
using System.IO.Compression;
using System.Text;
using Lastro.Exchanges.Files;

namespace Lastro.Exchanges.Tests.Files;

public sealed class CandleFileTests : IDisposable
{
    private const string VisionTail = ",59999,1,1,1,1,0";

    private readonly string _folder = Directory.CreateTempSubdirectory("lastro-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SharedFact("data/candles")]
    public void Every_shared_file_gives_the_columns_a_plain_reader_gives()
    {
        var root = SharedData.Path("data/candles");
        var files = Directory.EnumerateFiles(root, "*.csv.gz", SearchOption.AllDirectories)
            .Where(path => !path.Contains("all_pairs", StringComparison.Ordinal) && !path.Contains("USDBRL", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(20);
        foreach (var path in files)
        {
            var table = CandleFile.ReadAll(path);
            var columns = table.Columns;
            var row = 0;
            foreach (var line in SharedData.Lines(Path.GetRelativePath(SharedData.Root!, path)).Skip(1))
            {
                var cells = line.Split(',');
                double[] ours = [columns.Open[row], columns.High[row], columns.Low[row], columns.Close[row], columns.Volume[row]];
                if (columns.OpenTimeMs[row] != long.Parse(cells[0], CultureInfo.InvariantCulture) || !ours.SequenceEqual(cells[1..].Select(Number)))
                    Assert.Fail($"{path}, row {row}: {line}");
                row++;
            }

            table.Rows.ShouldBe(row);
        }
    }

    [SharedFact("data/raw_import")]
    public void A_Binance_Vision_file_gives_the_first_day_of_its_month_as_our_file_has_it()
    {
        var day = CandleFile.ReadAll(SharedData.Path("data/raw_import/LTCUSDT-1m-2026-02_first_day.csv.gz"));
        var month = CandleFile.ReadAll(SharedData.Path("data/candles/binance_usdm_1m/LTCUSDT_2026-02.csv.gz"));
        (day.Rows, day.Form, day.Symbol?.Value).ShouldBe((1440, "Binance Vision CSV", "LTCUSDT"));
        day.Columns.OpenTimeMs.Take(1440).ShouldBe(month.Columns.OpenTimeMs.Take(1440));
        day.Columns.Close.Take(1440).ShouldBe(month.Columns.Close.Take(1440));
        day.Columns.Volume.Take(1440).ShouldBe(month.Columns.Volume.Take(1440));
    }

    [Fact]
    public void All_forms_of_the_same_candles_give_the_same_columns()
    {
        string[] prices = ["1.10,2.5,1.0,2.25", "2.25,2.25,0.9,1.00000001"];
        var ours = Write("BTCUSDT_1m.csv", $"{CandleCsv.Header}\n60000,{prices[0]},3\n120000,{prices[1]},4\n");
        string[] others =
        [
            Write("BTCUSDT-1m-2024-01.csv", $"60000,{prices[0]},3{VisionTail}\n120000,{prices[1]},4{VisionTail}\n"),
            Write("BTCUSDT-1m-2023-01.csv", $"open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\r\n60000,{prices[0]},3{VisionTail}\r\n120000,{prices[1]},4{VisionTail}"),
            Zip("BTCUSDT-1m-2025-01.zip", $"60000,{prices[0]},3{VisionTail}\n120000,{prices[1]},4{VisionTail}\n"),
            Gzip("BTC_USDT-1m.json.gz", $"[[60000,{prices[0]},3],[120000,{prices[1]},4]]"),
            Write("BTC_USDT-1m.json", $"\n[\n  [60000, {prices[0].Replace(",", ", ", StringComparison.Ordinal)}, 3.0],\n  [120000,\n {prices[1]},4] ]\n"),
        ];
        var wanted = CandleFile.ReadAll(ours);
        wanted.Rows.ShouldBe(2);
        foreach (var path in others)
        {
            var table = CandleFile.ReadAll(path);
            (table.Rows, table.Symbol?.Value).ShouldBe((2, "BTCUSDT"), path);
            for (var row = 0; row < 2; row++)
                table.Columns[row].ShouldBe(wanted.Columns[row], path);
        }
    }

    [Fact]
    public void Microseconds_become_milliseconds()
    {
        var path = Write("BTCUSDT-1m-2025-01.csv", $"1735689600000000,1,2,1,2,3{VisionTail}\n1735689660000000,1,2,1,2,3{VisionTail}\n");
        CandleFile.ReadAll(path).Columns.OpenTimeMs.Take(2).ShouldBe([1_735_689_600_000, 1_735_689_660_000]);
    }

    [Fact]
    public void Unknown_volumes_are_unknown()
    {
        foreach (var path in new[] { Write("A_1m.csv", $"{CandleCsv.Header}\n0,1,2,1,2,\n60000,1,2,1,2,7\n"), Write("AB-1m.json", "[[0,1,2,1,2,null],[60000,1,2,1,2,7]]") })
        {
            var volumes = CandleFile.ReadAll(path).Columns.Volume;
            double.IsNaN(volumes[0]).ShouldBeTrue(path);
            volumes[1].ShouldBe(7, path);
        }
    }

    [Fact]
    public void Blocks_and_the_whole_are_the_same()
    {
        var rows = Enumerable.Range(0, 10_000).Select(i => $"{i * 60_000L},{100 + (i % 7)}.5,{200 + (i % 3)},99.25,{101 + (i % 5)},{i}.125");
        var path = Gzip("AB_1m.csv.gz", string.Join('\n', [CandleCsv.Header, .. rows]));
        var whole = CandleFile.ReadAll(path);
        whole.Rows.ShouldBe(10_000);
        using var file = CandleFile.Open(path);
        var block = CandleFile.Columns(1000);
        var at = 0;
        while (file.Read(block, 100, 333) is > 0 and var read)
        {
            for (var row = 0; row < read; row++)
                block[100 + row].ShouldBe(whole.Columns[at++]);
        }

        at.ShouldBe(10_000);
    }

    [Theory]
    [InlineData("[[0,1,2,1,2,3],[60000,1,2,1,2]]", "line 1: a candle has 6 values, not 5")]
    [InlineData("[[0,1,2,1,2,3],\n[60000,1,2,1,2,3,4]]", "line 2: a candle has 6 values, not more")]
    [InlineData("[[0,1,2,1,2,3],\n[0,1,2,1,2,3]]", "line 2: open time 0 appears twice")]
    [InlineData("[[0,1,2,1,2,3]\n[60000,1,2,1,2,3]]", "line 2: ',' is needed here")]
    [InlineData("[[0,1,2,1,2,3],{}]", "line 1: '[' is needed here")]
    [InlineData("[[0,1,2,1,2,3]", "line 1: the array is not closed")]
    [InlineData("[[0,1,2,1,2,3]] 5", "line 1: there is more after the array")]
    [InlineData("[[0,\"1\",2,1,2,3]]", "line 1: open '\"1\"' is no finite number")]
    [InlineData("0,1,2,1,2,3\n", "line 1: 12 columns are needed, not 6")]
    [InlineData("0,1,2,1,2,3,1,1,1,1,1,0\n1735689600000500,1,2,1,2,3,1,1,1,1,1,0\n", "line 2, column 1: open_time_ms '1735689600000500' is no time")]
    [InlineData("0,1,2,1,2,3,1,1,1,1,1,0\n60000,1,1.5,1,2,3,1,1,1,1,1,0\n", "line 2, column 9: high 1.5 lies inside the body")]
    [InlineData("date,open\n", "line 1: the header must be")]
    public void Broken_files_are_refused_with_their_line(string text, string message)
    {
        var path = Write("AB-1m.x", text);
        Should.Throw<InvalidDataException>(() => CandleFile.ReadAll(path)).Message.ShouldStartWith($"{path}, {message}");
    }

    [Fact]
    public void What_is_no_archive_or_holds_no_table_is_refused_by_name()
    {
        var fake = Write("x.zip", "no archive");
        Should.Throw<InvalidDataException>(() => CandleFile.ReadAll(fake)).Message.ShouldStartWith($"{fake} is no zip archive");
        var empty = Zip("y.zip", "a", "readme.txt");
        Should.Throw<InvalidDataException>(() => CandleFile.ReadAll(empty)).Message.ShouldStartWith($"{empty} holds no .csv");
        Should.Throw<InvalidDataException>(() => CandleFile.ReadAll(Path.Combine(_folder, "none.csv"))).Message.ShouldContain("cannot be read");
        var torn = Path.Combine(_folder, "t_1m.csv.gz");
        var whole = File.ReadAllBytes(Gzip("w_1m.csv.gz", string.Join('\n', [CandleCsv.Header, .. Enumerable.Range(0, 50_000).Select(i => $"{i},1,2,1,2,{i * 7919}")])));
        File.WriteAllBytes(torn, [.. whole.Take(20_000), .. new byte[3_000]]);
        Should.Throw<InvalidDataException>(() => CandleFile.ReadAll(torn)).Message.ShouldStartWith($"{torn}, line ");
    }

    [Fact]
    public void A_file_that_is_left_half_read_lets_go_of_its_thread()
    {
        var path = Gzip("AB_1m.csv.gz", string.Join('\n', [CandleCsv.Header, .. Enumerable.Range(0, 200_000).Select(i => $"{i},1,2,1,2,{i}")]));
        using (var file = CandleFile.Open(path))
            file.Read(CandleFile.Columns(10), 0, 10).ShouldBe(10);
        File.Delete(path);
        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_by_name_and_nothing_else()
    {
        string[] seeds =
        [
            $"{CandleCsv.Header}\n0,1.5,2,1,2,3\n60000,1,2,1,2,\n120000,1e0,2.25,1,2,9e-05\n",
            $"0,1,2,1,2,3{VisionTail}\n60000,1,2,1,2,3{VisionTail}\n",
            "[[0,1,2,1,2,3],\n[60000,1,2,1,2,null]]",
        ];
        string[] pieces = ["", "\0", "-", "e", "e999", ",", ",,", "\n", "]", "[", "[[", "9", "99999999999999999999", ".", "null", "NaN", "\uFEFF", "\"", "1735689600000000"];
        var random = new Random(11);
        var (read, refused) = (0, 0);
        for (var run = 0; run < 3_000; run++)
        {
            var text = seeds[run % seeds.Length];
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length + 1);
                text = text[..at] + pieces[random.Next(pieces.Length)] + text[Math.Min(text.Length, at + random.Next(3))..];
            }

            var path = Write("fuzz_1m.csv", text);
            try
            {
                var table = CandleFile.ReadAll(path);
                for (var row = 1; row < table.Rows; row++)
                    table.Columns.OpenTimeMs[row].ShouldBeGreaterThan(table.Columns.OpenTimeMs[row - 1]);
                for (var row = 0; row < table.Rows; row++)
                    (table.Columns[row] is { Low: > 0, High: < double.PositiveInfinity } candle && candle.Low <= candle.Open && candle.High >= candle.Close).ShouldBeTrue(text);
                read++;
            }
            catch (InvalidDataException error)
            {
                error.Message.ShouldStartWith(path);
                refused++;
            }
        }

        read.ShouldBeGreaterThan(150);
        refused.ShouldBeGreaterThan(1_000);
    }

    private static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Gzip(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private string Zip(string name, string text, string entry = "table.csv")
    {
        var path = Path.Combine(_folder, name);
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
        writer.Write(text);
        return path;
    }
}
