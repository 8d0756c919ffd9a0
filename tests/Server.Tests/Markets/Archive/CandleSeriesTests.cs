using System.Text;
using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Server.Markets.Archive;

namespace Lastro.Server.Tests.Markets.Archive;

public sealed class CandleSeriesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lastro-archive-");

    private string File => Path.Combine(_folder.FullName, "BTCUSDT", "1m.candles");

    [Fact]
    public void What_was_written_is_there_after_a_restart_to_the_last_digit()
    {
        var odd = new Candle
        {
            OpenTimeMs = 60_000,
            Open = new Price(61_710.14m),
            High = new Price(61_776.000000000000000001m),
            Low = new Price(0.00000001m),
            Close = new Price(79_228_162_514_264_337_593_543_950_335m),
            Volume = new Quantity(28.20443m),
            QuoteVolume = 1_740_000.123456789m,
            TakerBuyVolume = new Quantity(10m),
            TakerBuyQuoteVolume = 5m,
            Trades = 2_147_483_647,
        };
        Open().Write([Minute(0), odd]);

        Open().Read(0, 600_000, 10).ShouldBe([Minute(0), odd]);
    }

    [Fact]
    public void A_torn_tail_of_any_length_is_cut_off_and_what_comes_next_is_sound()
    {
        Open().Write([.. Enumerable.Range(0, 20).Select(n => Minute(n))]);
        var whole = System.IO.File.ReadAllBytes(File);
        for (var torn = 1; torn < CandleRecord.Size; torn += 13)
        {
            System.IO.File.WriteAllBytes(File, whole[..^torn]);
            var series = Open();
            series.Read(0, long.MaxValue, 100).ShouldBe([.. Enumerable.Range(0, 19).Select(n => Minute(n))]);
            series.Write([Minute(19)]);
            Open().Read(0, long.MaxValue, 100).Count.ShouldBe(20);
        }
    }

    [Fact]
    public void Rubbish_at_the_end_and_a_damaged_record_in_the_middle_are_passed_over()
    {
        Open().Write([.. Enumerable.Range(0, 10).Select(n => Minute(n))]);
        var bytes = System.IO.File.ReadAllBytes(File);
        bytes[16 + (4 * CandleRecord.Size) + 30] ^= 1;
        System.IO.File.WriteAllBytes(File, [.. bytes, .. Enumerable.Repeat((byte)0xEE, 3 * CandleRecord.Size)]);

        var series = Open();
        series.Opens(0, long.MaxValue).ShouldBe([0, 60_000, 120_000, 180_000, 300_000, 360_000, 420_000, 480_000, 540_000]);
        series.Write([Minute(4)]);
        Open().Read(0, long.MaxValue, 100).ShouldBe([.. Enumerable.Range(0, 10).Select(n => Minute(n))]);
    }

    [Fact]
    public void Older_candles_may_come_later_and_a_newer_version_replaces()
    {
        var series = Open();
        series.Write([Minute(5), Minute(6)]);
        series.Offer(Minute(7));
        series.Write([Minute(1), Minute(2)]);
        series.Offer(Minute(6, price: 200m));
        var length = new FileInfo(File).Length;
        series.Write([Minute(1)]);

        series.Read(0, long.MaxValue, 4).ShouldBe([Minute(2), Minute(5), Minute(6, price: 200m), Minute(7)]);
        Open().Read(120_000, 361_000, 10).ShouldBe([Minute(2), Minute(5), Minute(6, price: 200m)]);
        new FileInfo(File).Length.ShouldBe(length + CandleRecord.Size, "what is known already is not written again");
    }

    [Fact]
    public void A_file_that_is_no_archive_is_begun_anew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "something else");
        var series = Open();
        series.Read(0, long.MaxValue, 10).ShouldBeEmpty();
        series.Write([Minute(1)]);
        Open().Read(0, long.MaxValue, 10).ShouldBe([Minute(1)]);
    }

    [Fact]
    public void Pieces_in_any_order_come_to_the_same_as_a_sorted_list()
    {
        var chance = new Random(7);
        var series = Open();
        var twin = new SortedDictionary<long, Candle>();
        for (var piece = 0; piece < 200; piece++)
        {
            var start = chance.Next(0, 500);
            var candles = Enumerable.Range(start, chance.Next(1, 12)).Where(_ => chance.Next(4) > 0).Select(n => Minute(n, chance.Next(1, 3))).ToList();
            series.Write(candles);
            foreach (var candle in candles) twin[candle.OpenTimeMs] = candle;
            if (piece % 20 == 0) series.Read(0, long.MaxValue, 1_000).ShouldBe(twin.Values);
        }

        series.Read(0, long.MaxValue, 1_000).ShouldBe(twin.Values);
        Open().Read(0, long.MaxValue, 1_000).ShouldBe(twin.Values);
    }

    [Fact]
    public void Coverage_counts_what_is_there_and_names_each_gap()
    {
        var chance = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            var there = Enumerable.Range(0, 60).Where(_ => chance.Next(3) > 0).ToHashSet();
            var series = new CandleSeries(Timeframe.Minute, Path.Combine(_folder.FullName, $"{round}", "1m.candles"), _ => { });
            series.Write([.. there.Select(n => Minute(n))]);
            var (from, to) = (chance.Next(0, 30), chance.Next(30, 61));
            var found = series.Coverage(from * 60_000L, to * 60_000L, 100);
            var missing = Enumerable.Range(from, to - from).Where(n => !there.Contains(n)).ToList();
            (found.Rows, found.Missing).ShouldBe((to - from - missing.Count, missing.Count));
            found.Gaps.SelectMany(gap => Enumerable.Range((int)(gap.FromMs / 60_000), (int)gap.Count)).ShouldBe(missing);
            found.Gaps.ShouldAllBe(gap => gap.ToMs == gap.FromMs + (gap.Count * 60_000L) && (gap.ToMs == to * 60_000L || there.Contains((int)(gap.ToMs / 60_000))));
            series.Coverage(from * 60_000L, to * 60_000L, 1).Gaps.Count.ShouldBe(Math.Min(1, found.Gaps.Count));
        }
    }

    [Fact]
    public void A_stretch_is_read_in_blocks_of_any_size_and_passes_over_what_is_damaged()
    {
        var series = Open();
        series.Write([.. Enumerable.Range(0, 50).Where(n => n % 7 != 0).Select(n => Minute(n, n + 1))]);
        series.Write([.. Enumerable.Range(0, 50).Where(n => n % 7 == 0).Select(n => Minute(n, n + 1))]);
        using (var file = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 16 + (CandleRecord.Size * 3) + 20;
            file.WriteByte(0xFF);
        }

        foreach (var size in new[] { 1, 3, 10, 64 })
        {
            var (stretch, at, times, closes) = (series.Stretch(60_000, 48 * 60_000), 0, new List<long>(), new List<double>());
            var block = Lastro.Core.Backtesting.Candles.Make(size);
            while (stretch.Read(ref at, block) is var rows and > 0)
            {
                times.AddRange(block.OpenTimeMs[..rows]);
                closes.AddRange(block.Close[..rows]);
            }

            // The record that was spoiled is the fourth that was written: minute 4.
            times.ShouldBe(Enumerable.Range(1, 47).Where(n => n != 4).Select(n => n * 60_000L));
            closes.ShouldBe(Enumerable.Range(1, 47).Where(n => n != 4).Select(n => n + 1.0));
        }
    }

    [Fact]
    public void A_stored_decimal_is_the_double_its_digits_are()
    {
        var chance = new Random(3);
        for (var round = 0; round < 200_000; round++)
        {
            var value = new decimal(Word(), round % 3 == 0 ? 0 : Word(), round % 5 == 0 ? Word() : 0, round % 7 == 0, (byte)chance.Next(0, 29));
            ExactDouble.Of(value).ShouldBe(double.Parse(value.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
        }

        // Half of all words have their first bit set.
        int Word() => chance.Next(int.MinValue, int.MaxValue);
    }

    [Fact]
    public void The_checksum_is_crc_32c_by_its_published_check_value() =>
        CandleRecord.Checksum(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xE3069283u);

    public void Dispose() => _folder.Delete(recursive: true);

    private static Candle Minute(int number, decimal price = 100m) => ScriptedSource.Flat(number * 60_000L, price);

    private CandleSeries Open() => new(Timeframe.Minute, File, _ => { });
}
