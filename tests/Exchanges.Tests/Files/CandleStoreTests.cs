using System.IO.Compression;
using Lastro.Core.Indicators;
using Lastro.Core.Markets;
using Lastro.Exchanges.Files;

namespace Lastro.Exchanges.Tests.Files;

public sealed class CandleStoreTests : IDisposable
{
    private static readonly Symbol _pair = new("BTCUSDT");

    private readonly string _folder = Directory.CreateTempSubdirectory("lastro-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_of_several_forms_become_one_with_every_digit_they_had()
    {
        var store = new CandleStore(Path.Combine(_folder, "store"));
        var second = Write("BTC_USDT-1m.json", "[[120000, 2.00, 3.10, 1e0, 2.5, 9e-05],\n[180000,2.5,2.50000000,2.5,2.5,null]]");
        var first = Write("BTCUSDT-1m-1970-01.csv", "0,1.10,2.0,1,2.000,3,59999,1,1,1,1,0\n60000,2.0,2,2,2,0,59999,1,1,1,1,0\n");
        var import = store.Import([second, first], _pair);
        Path.GetFileName(import.Path).ShouldBe("BTCUSDT_1m.csv.gz");
        Text(import.Path).ShouldBe($"{CandleCsv.Header}\n0,1.10,2.0,1,2.000,3\n60000,2.0,2,2,2,0\n120000,2.00,3.10,1e0,2.5,9e-05\n180000,2.5,2.50000000,2.5,2.5,\n");
        import.Read.Select(read => (read.Form, read.Rows)).ShouldBe([("freqtrade JSON", 2L), ("Binance Vision CSV", 2L)]);

        // More rows join what is there; rows that are there already must say the same, however they write it.
        store.Import([Write("more_1m.csv", $"{CandleCsv.Header}\n180000,2.50,2.5,2.5,2.5,\n240000,3,3,3,3,1\n")], _pair);
        CandleStore.Scan([store.Find("BTCUSDT_1m")!]).Rows.ShouldBe(5);
        var contradicting = Write("other_1m.csv", $"{CandleCsv.Header}\n0,1.10,2.0,1,2.000,3\n60000,2.0,2,2,2,0.5\n");
        var before = Text(import.Path);
        Should.Throw<InvalidDataException>(() => store.Import([contradicting], _pair)).Message.ShouldContain("line 3, column 1: open time 60000 says something else than");
        Text(import.Path).ShouldBe(before);
        Directory.GetFiles(store.Folder).ShouldHaveSingleItem();
        store.Find("../BTCUSDT_1m").ShouldBeNull();
    }

    [Fact]
    public void A_bad_row_leaves_no_file_behind()
    {
        var store = new CandleStore(_folder);
        var bad = Write("BTCUSDT_1m.csv", $"{CandleCsv.Header}\n0,1,2,1,2,3\n60000,1,2,1.5,2,3\n");
        Should.Throw<InvalidDataException>(() => store.Import([bad], _pair)).Message.ShouldStartWith($"{bad}, line 3, column 11: low");
        store.Files().ShouldBeEmpty();
        Should.Throw<InvalidDataException>(() => CandleStore.Write([bad], Path.Combine(_folder, "out.csv")));
        Directory.GetFiles(_folder).ShouldBe([bad]);
        Should.Throw<InvalidDataException>(() => CandleStore.Write([bad], Path.Combine(_folder, "out.txt"))).Message.ShouldContain("out.txt: candles are written as");
        Should.Throw<InvalidDataException>(() => store.Import([Write("odd.csv", $"{CandleCsv.Header}\n0,1,2,1,2,3\n77777,1,2,1,2,3\n")], _pair)).Message.ShouldContain("77777 ms is no timeframe");
        Should.Throw<InvalidDataException>(() => store.Import([Write("one.csv", $"{CandleCsv.Header}\n0,1,2,1,2,3\n")], _pair)).Message.ShouldContain("a single row does not say its timeframe");
    }

    [SharedFact("data/candles")]
    public void Out_to_JSON_and_in_again_changes_nothing()
    {
        var source = SharedData.Path("data/candles/binance_spot_1h/PEPEUSDT.csv.gz");
        var json = Path.Combine(_folder, "PEPE_USDT-1h.json");
        CandleStore.Write([source], json);
        var back = Path.Combine(_folder, "back.csv.gz");
        CandleStore.Write([json], back);
        Text(back).ShouldBe(Text(source));
    }

    [SharedFact("data/candles")]
    public void Gaps_are_those_the_manifest_counts()
    {
        Gaps("binance_spot_1h/BTCUSDT").ShouldBe(("1h", 23988L, 5, 12L));
        Gaps("binance_spot_1h/TUSDUSDT").ShouldBe(("1h", 19993L, 6, 4007L));
        Gaps("bitfinex_1m/XRPUSD_2017").ShouldBe(("1m", 232279L, 39314, 93524L));
        Gaps("coinbase_4h/BTC-USD").ShouldBe(("4h", 20695L, 3, 5L));
        Gaps("binance_spot_1d/BTCUSDT").ShouldBe(("1d", 3122L, 0, 0L));
        Gaps("index_1d/BTCUSD").ShouldBe(("1d", 5905L, 18, 92L));
    }

    [Fact]
    public void Months_are_no_gaps_and_a_longer_first_step_is_one()
    {
        var months = new CandleSpans();
        for (var month = 1; month <= 12; month++)
            months.Add(new DateTimeOffset(2024, month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        (months.Timeframe?.Code, months.Gaps().Count).ShouldBe(("1M", 0));
        var spans = new CandleSpans();
        foreach (var minute in new[] { 0, 10, 11, 12, 13, 20 })
            spans.Add(minute * 60_000L);
        spans.Gaps().ShouldBe([new CandleGap(0, 600_000, 9), new CandleGap(780_000, 1_200_000, 6)]);
    }

    [Fact]
    public void Numbers_are_written_in_plain_digits_that_give_them_back()
    {
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++)
        {
            var value = (random.NextDouble() + 0.01) * Math.Pow(10, random.Next(-30, 30));
            var text = CandleWriter.Plain(value);
            text.ShouldNotContain("E");
            double.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value);
        }

        CandleWriter.Plain(1e-7).ShouldBe("0.0000001");
        CandleWriter.Plain(1.5e21).ShouldBe("1500000000000000000000");
        var path = Path.Combine(_folder, "rows.csv");
        using (var writer = new CandleWriter(path))
        {
            writer.Row(new Bar { OpenTimeMs = 0, Open = 1.5, High = 2, Low = 1e-7, Close = 1.5, Volume = double.NaN });
            writer.Finish();
        }

        File.ReadAllText(path).ShouldBe($"{CandleCsv.Header}\n0,1.5,2,0.0000001,1.5,\n");
    }

    private static (string? Timeframe, long Rows, int Gaps, long Missing) Gaps(string file)
    {
        var spans = CandleStore.Scan([SharedData.Path($"data/candles/{file}.csv.gz")]);
        var gaps = spans.Gaps();
        return (spans.Timeframe?.Code, spans.Rows, gaps.Count, gaps.Sum(gap => gap.Missing));
    }

    private static string Text(string path)
    {
        using Stream file = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
