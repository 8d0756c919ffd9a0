using Lastro.Core.Ledger;
using Lastro.Core.Markets;

namespace Lastro.Core.Tests.Ledger;

public sealed class JournalsTests
{
    private static readonly Guid Account = new("11111111-2222-3333-4444-555555555555");
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_723_161_600_000);
    private static readonly Asset Btc = new("BTC");
    private static readonly Asset Usdt = new("USDT");

    [Fact]
    public void A_bought_fill_pays_from_the_hold_and_receives_less_the_fee()
    {
        var journal = Journals.Fill(7, 2, 70, Entry(Side.Buy, new Money(0.001m, Btc)), Time);

        journal.BusinessKey.ShouldBe("fill:7:2");
        journal.Postings.ShouldBe(
        [
            new Posting(Account, Usdt, Bucket.Held, -60_000m),
            new Posting(House.Market, Usdt, Bucket.Available, 60_000m),
            new Posting(House.Market, Btc, Bucket.Available, -1m),
            new Posting(Account, Btc, Bucket.Available, 0.999m),
            new Posting(House.Fees, Btc, Bucket.Available, 0.001m),
        ]);
    }

    [Fact]
    public void Lines_of_zero_are_left_out()
    {
        Journals.Fill(7, 1, 70, Entry(Side.Sell, new Money(0m, Usdt)), Time).Postings.Count.ShouldBe(4);
        Journals.Fill(7, 1, 70, Entry(Side.Sell, new Money(60_000m, Usdt)), Time).Postings.ShouldNotContain(line => line.Account == Account && line.Asset == Usdt);
    }

    [Fact]
    public void Every_kind_adds_up_to_zero()
    {
        Journal[] journals =
        [
            Journals.Grant(Account, new Money(50_000m, Usdt), Time),
            Journals.Reset(Account, 1, [new Money(1.5m, Btc), new Money(49_000m, Usdt)], Time),
            Journals.Hold(7, Account, new Money(0.123456789012345678m, Btc), Time),
            Journals.Release(7, Account, new Money(1m, Btc), Time),
            Journals.Fill(7, 1, 70, Entry(Side.Buy, new Money(0.001m, Btc)), Time),
            Journals.Fill(7, 1, 70, Entry(Side.Sell, new Money(60m, Usdt)), Time),
        ];
        journals.ShouldAllBe(journal => LedgerChecks.Fault(journal) == null);
    }

    [Fact]
    public void Each_season_has_keys_of_its_own()
    {
        Journals.Grant(Account, new Money(1m, Usdt), Time).BusinessKey.ShouldBe($"grant:{Account}");
        Journals.Grant(Account, new Money(1m, Usdt), Time, season: 2).BusinessKey.ShouldBe($"grant:{Account}:2");
        var reset = Journals.Reset(Account, 1, [new Money(1.5m, Btc)], Time);
        (reset.BusinessKey, reset.Kind, reset.OrderId).ShouldBe(($"reset:{Account}:1", JournalKind.Reset, null));
        reset.Postings.ShouldBe([new Posting(Account, Btc, Bucket.Available, -1.5m), new Posting(House.Issuer, Btc, Bucket.Available, 1.5m)]);
    }

    [Fact]
    public void The_check_finds_what_is_wrong()
    {
        var good = Journals.Grant(Account, new Money(1m, Usdt), Time);
        LedgerChecks.Fault(good with { BusinessKey = "" }).ShouldNotBeNull();
        LedgerChecks.Fault(good with { Postings = [good.Postings[0]] }).ShouldNotBeNull();
        LedgerChecks.Fault(good with { Postings = [good.Postings[0], good.Postings[1] with { Asset = Btc }] }).ShouldNotBeNull();
        LedgerChecks.Fault(good with { Postings = [.. good.Postings, good.Postings[0] with { Amount = 0m }] }).ShouldNotBeNull();
        LedgerChecks.Fault(Journals.Grant(Account, new Money(0.0000000000000000001m, Usdt), Time)).ShouldNotBeNull();
    }

    private static FillEntry Entry(Side side, Money fee) => new()
    {
        Account = Account,
        Side = side,
        Base = new Money(1m, Btc),
        Quote = new Money(60_000m, Usdt),
        Fee = fee,
    };
}
