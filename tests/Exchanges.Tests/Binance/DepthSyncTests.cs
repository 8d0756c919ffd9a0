using Lastro.Core;
using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;

namespace Lastro.Exchanges.Tests.Binance;

/// <summary>The cases of "How to manage a local order book correctly", and the recording.</summary>
public sealed class DepthSyncTests
{
    private readonly DepthSync _sync = new();

    [SharedFact(Recording.Stream)]
    public void The_book_shows_every_recorded_best_quote_that_shares_an_update_id()
    {
        var (reader, tops) = (new BinanceMessages(), new Dictionary<long, BookTop>());
        foreach (var (_, json) in Recording.Messages)
        {
            if (reader.Read(json, 0) == MessageKind.BookTop)
                tops[reader.Top.UpdateId] = reader.Top;
        }

        var compared = 0;
        foreach (var (_, json) in Recording.Messages)
        {
            var kind = reader.Read(json, 0);
            if (kind == MessageKind.DepthSnapshot)
                _sync.Snapshot(reader.Depth!, out _).ShouldBe(DepthStep.Applied);
            else if (kind != MessageKind.DepthChange || _sync.Change(reader.Depth!) != DepthStep.Applied)
                continue;
            if (!tops.TryGetValue(_sync.Book.UpdateId, out var top))
                continue;
            _sync.Book.Bid(0).ShouldBe(new BookLevel(top.Bid, top.BidQuantity));
            _sync.Book.Ask(0).ShouldBe(new BookLevel(top.Ask, top.AskQuantity));
            compared++;
        }

        compared.ShouldBe(564);
    }

    [Fact]
    public void Changes_before_the_snapshot_wait_and_those_it_holds_are_dropped()
    {
        _sync.Change(Change(1, 5)).ShouldBe(DepthStep.Buffered);
        _sync.Change(Change(6, 10)).ShouldBe(DepthStep.Buffered);
        _sync.Change(Change(11, 15)).ShouldBe(DepthStep.Buffered);
        _sync.Snapshot(Snapshot(8), out var ready).ShouldBe(DepthStep.Applied);
        (ready!.Snapshot, ready.FinalUpdateId).ShouldBe((true, 15), "one picture, as of the last change");
        ready.Bids.ShouldBe([Level(100m), Level(99m)]);
        (ready.LowestKnownBid, ready.HighestKnownAsk).ShouldBe((new Price(100m), new Price(101m)), "below the snapshot nobody knows more than what changes named");
        _sync.Change(Change(16, 16)).ShouldBe(DepthStep.Applied);
    }

    [Fact]
    public void A_snapshot_older_than_the_first_change_is_refused()
    {
        _sync.Change(Change(20, 25)).ShouldBe(DepthStep.Buffered);
        _sync.Snapshot(Snapshot(18), out _).ShouldBe(DepthStep.SnapshotTooOld);
        _sync.Synced.ShouldBeFalse();
        _sync.Snapshot(Snapshot(19), out _).ShouldBe(DepthStep.Applied);
    }

    [Fact]
    public void A_gap_loses_the_book_and_the_change_behind_it_waits_for_the_next_snapshot()
    {
        _sync.Snapshot(Snapshot(10), out _);
        _sync.Change(Change(9, 10)).ShouldBe(DepthStep.Old);
        _sync.Change(Change(9, 11)).ShouldBe(DepthStep.Applied);
        _sync.Change(Change(13, 14)).ShouldBe(DepthStep.Lost);
        _sync.Synced.ShouldBeFalse();
        _sync.Snapshot(Snapshot(13), out var ready).ShouldBe(DepthStep.Applied);
        ready!.FinalUpdateId.ShouldBe(14);
    }

    [Fact]
    public void A_gap_among_waiting_changes_makes_the_earlier_ones_useless()
    {
        _sync.Change(Change(1, 5));
        _sync.Change(Change(8, 9));
        _sync.Snapshot(Snapshot(4), out _).ShouldBe(DepthStep.SnapshotTooOld);
        _sync.Snapshot(Snapshot(7), out _).ShouldBe(DepthStep.Applied);
    }

    [Fact]
    public void A_crossed_book_is_lost()
    {
        _sync.Snapshot(Snapshot(10), out _);
        _sync.Change(Change(11, 11, bid: 102m)).ShouldBe(DepthStep.Lost);
        _sync.Synced.ShouldBeFalse();
    }

    private static Depth Snapshot(long id) => new()
    {
        Snapshot = true,
        FirstUpdateId = id,
        FinalUpdateId = id,
        TimeMs = 0,
        Bids = [Level(100m)],
        Asks = [Level(101m)],
    };

    private static Depth Change(long first, long final, decimal bid = 99m) => new()
    {
        Snapshot = false,
        FirstUpdateId = first,
        FinalUpdateId = final,
        TimeMs = 0,
        Bids = [Level(bid)],
        Asks = [],
    };

    private static BookLevel Level(decimal price) => new(new Price(price), new Quantity(1m));
}
