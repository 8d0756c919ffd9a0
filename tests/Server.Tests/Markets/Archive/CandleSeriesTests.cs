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
    public void The_checksum_is_crc_32c_by_its_published_check_value() =>
        CandleRecord.Checksum(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xE3069283u);

    public void Dispose() => _folder.Delete(recursive: true);

    private static Candle Minute(int number, decimal price = 100m) => ScriptedSource.Flat(number * 60_000L, price);

    private CandleSeries Open() => new(Timeframe.Minute, File, _ => { });
}
