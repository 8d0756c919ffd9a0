using Lastro.Core.Markets;
using Lastro.Exchanges.Binance;

namespace Lastro.Exchanges.Tests.Binance;

public sealed class DepthSyncTests
{
    [SharedFact(Recording.Stream)]
    public void The_book_shows_every_recorded_best_quote_that_shares_an_update_id()
    {
        var (reader, sync, ready, tops) = (new BinanceMessages(), new DepthSync(), new List<Depth>(), new Dictionary<long, BookTop>());
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
                sync.Snapshot(reader.Depth!, ready).ShouldBe(DepthStep.Applied);
            else if (kind != MessageKind.DepthChange || sync.Change(reader.Depth!) != DepthStep.Applied)
                continue;
            if (!tops.TryGetValue(sync.Book.UpdateId, out var top))
                continue;
            sync.Book.Bid(0).ShouldBe(new BookLevel(top.Bid, top.BidQuantity));
            sync.Book.Ask(0).ShouldBe(new BookLevel(top.Ask, top.AskQuantity));
            compared++;
        }

        compared.ShouldBe(564);
    }
}
