using System.Text.Json;
using Lastro.Core.Markets;
using Lastro.Server.Markets.Feed;
using Lastro.Server.Platform.Errors;
using Lastro.Server.Platform.Streaming;

namespace Lastro.Server.Markets;

/// <summary>The public channels of the stream: source, tickers, ticker:SYM, candles:SYM:INTERVAL, depth:SYM, trades:SYM.</summary>
internal sealed class MarketChannels(MarketBoard board, FollowLedger follows, JsonSerializerOptions json)
{
    private const int FirstTrades = 50;
    private const int FirstCandles = 2;

    public void Register(StreamHub hub)
    {
        hub.Register(new ChannelKind { Name = "source", Check = Bare, Snapshot = (_, _) => Now(board.Source()) });
        hub.Register(new ChannelKind
        {
            Name = "tickers",
            Check = Bare,
            Snapshot = (_, _) => Now(board.Desks.OrderBy(desk => desk.Symbol.Value, StringComparer.Ordinal).Select(desk => Tickers.Of(desk, withSpark: false))),
        });
        hub.Register(OfPair("ticker", (desk, _) => ValueTask.FromResult(Frame(Tickers.Of(desk, withSpark: false), desk))));
        hub.Register(OfPair("depth", async (desk, cancellation) =>
            Frame(Depths.Item(await desk.Lane.Ask(lane => BookPicture.Of(lane.Book, PairViews.Levels), cancellation)), desk)));
        hub.Register(OfPair("trades", async (desk, cancellation) =>
            Frame((await GetTrades.Latest(desk, FirstTrades, cancellation)).Select(TradeItem.Of), desk)));
        hub.Register(new ChannelKind { Name = "candles", Check = ask => CheckPair(ask, parts: 2), Snapshot = Candles });
    }

    private ChannelKind OfPair(string name, Func<PairDesk, CancellationToken, ValueTask<StreamFrame>> picture) => new()
    {
        Name = name,
        Check = ask => CheckPair(ask, parts: 1),
        Snapshot = (ask, cancellation) => picture(Desk(ask), cancellation),
    };

    private static ChannelRefusal? Bare(ChannelAsk ask) =>
        ask.Arguments.Count == 0 ? null : new ChannelRefusal(ErrorCode.InvalidField, "This channel takes no pair.");

    private ChannelRefusal? CheckPair(ChannelAsk ask, int parts)
    {
        if (ask.Arguments.Count != parts)
            return new ChannelRefusal(ErrorCode.InvalidField, parts == 1 ? "Write CHANNEL:PAIR." : "Write candles:PAIR:INTERVAL.");
        if (board.Find(new Symbol(ask.Arguments[0])) is not { } desk)
            return new ChannelRefusal(ErrorCode.UnknownSymbol, "The price source has no such pair; names are in capitals.");
        if (parts == 2 && !Timeframe.TryParse(ask.Arguments[1], out _))
            return new ChannelRefusal(ErrorCode.InvalidField, $"The interval is one of {string.Join(' ', Timeframe.All)}.");
        follows.Need(desk.Symbol);
        return null;
    }

    private async ValueTask<StreamFrame> Candles(ChannelAsk ask, CancellationToken cancellation)
    {
        var desk = Desk(ask);
        if (!Timeframe.TryParse(ask.Arguments[1], out var interval)) throw new InvalidOperationException("The name was checked.");
        return Frame(await GetCandles.Items(board, desk, interval, new CandleWindow(long.MaxValue, FirstCandles), cancellation), desk);
    }

    private PairDesk Desk(ChannelAsk ask) => board.Find(new Symbol(ask.Arguments[0]))!;

    private StreamFrame Frame<T>(T data, PairDesk desk) => StreamFrame.Of(data, desk.View?.AsOfMs ?? board.Feed.WallMs, json);

    private ValueTask<StreamFrame> Now<T>(T data) => ValueTask.FromResult(StreamFrame.Of(data, board.Stamp().AsOf.ToUnixTimeMilliseconds(), json));
}
