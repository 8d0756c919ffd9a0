using Lastro.Core.Markets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Turns what comes out of the lanes into frames, each once for all who hear it.</summary>
internal sealed class StreamPublisher(StreamMail mail, ILogger<StreamPublisher> log) : BackgroundService
{
    /// <summary>"Service restart": the client is to come again.</summary>
    private const int ComeAgain = 1012;

    private readonly FrameWriter _writer = new();

    public override void Dispose()
    {
        _writer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in mail.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                Publish(news);
            }
#pragma warning disable CA1031 // One event that cannot be written must not end all streams.
            catch (Exception error)
#pragma warning restore CA1031
            {
                log.LogError(error, "A {Kind} of {Symbol} could not be published", news.Kind, news.Pair.Symbol);
            }
        }
    }

    private void Publish(in StreamNews news)
    {
        var pair = news.Pair;
        switch (news.Kind)
        {
            case StreamNewsKind.Trade:
                Trade(pair, news);
                break;
            case StreamNewsKind.Top:
                StreamEvents.BookTicker(_writer.Begin(), pair.Symbol, (BookTop)news.Payload!);
                _writer.Publish(pair.BookTicker, key: 0);
                break;
            case StreamNewsKind.Kline:
                Kline(pair, (KlineNews)news.Payload!, news.NowMs);
                break;
            case StreamNewsKind.Picture:
                Picture(pair, (PairPicture)news.Payload!, news.NowMs);
                break;
            case StreamNewsKind.TradesLost:
                log.LogWarning("Trades of {Symbol} came faster than they could be told; their listeners must come again", pair.Symbol);
                pair.Trade.Topic.Drop(ComeAgain, "trades were missed");
                pair.AggTrade.Topic.Drop(ComeAgain, "trades were missed");
                break;
            case StreamNewsKind.BookRestarted:
                foreach (var group in pair.Depth)
                {
                    group.Topic.Drop(ComeAgain, "the book began anew");
                    group.Second?.Drop(ComeAgain, "the book began anew");
                }

                break;
        }
    }

    private void Trade(PairStreams pair, in StreamNews news)
    {
        if (pair.Trade.Watched)
        {
            StreamEvents.Trade(_writer.Begin(), pair.Symbol, news.Trade, news.NowMs);
            _writer.Publish(pair.Trade);
        }

        if (!pair.AggTrade.Watched) return;
        StreamEvents.AggTrade(_writer.Begin(), pair.Symbol, news.Trade, news.NowMs);
        _writer.Publish(pair.AggTrade);
    }

    private void Kline(PairStreams pair, KlineNews kline, long nowMs)
    {
        StreamEvents.Kline(_writer.Begin(), pair.Symbol, kline, nowMs);
        _writer.Publish(pair.Klines[kline.Interval], key: kline.Candle.OpenTimeMs);
    }

    private void Picture(PairStreams pair, PairPicture picture, long nowMs)
    {
        for (var cadence = 0; cadence < 2; cadence++)
        {
            if (picture.Changes[cadence] is { } change)
            {
                StreamEvents.Depth(_writer.Begin(), pair.Symbol, change, nowMs);
                _writer.Publish(pair.Depth[cadence]);
            }

            if (picture.Best[cadence] is not { } best) continue;
            for (var i = 0; i < StreamName.Levels.Count; i++)
            {
                var group = pair.Partial[(i * 2) + cadence];
                if (!group.Watched) continue;
                StreamEvents.Partial(_writer.Begin(), best, StreamName.Levels[i]);
                _writer.Publish(group, key: 0);
            }
        }

        foreach (var kline in picture.Klines) Kline(pair, kline, nowMs);
    }
}
