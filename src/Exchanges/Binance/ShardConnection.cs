using System.Buffers;
using System.Threading.Channels;
using Lastro.Core.Markets;
using Lastro.Exchanges.Shared;

namespace Lastro.Exchanges.Binance;

/// <summary>One connection of a shard: a single loop takes messages, answers of the REST API and ticks from one mailbox, so that no pair is ever served by two threads.</summary>
internal sealed class ShardConnection(
    ShardContext context, FeedShard shard, int number, IMarketSink sink, Dictionary<Symbol, SymbolFeed> feeds)
{
    private const string Tickers = "!miniTicker@arr";
    private const int MailboxSize = 4096;
    private const int MaxBrokenInRow = 50;
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(50);
    private static readonly byte[] SignOfLife = "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":0}"u8.ToArray();

    private readonly BinanceMessages _reader = new();
    private readonly Subscriptions _subscriptions = new(context.Options);
    private readonly List<string> _resubscribe = [];
    private readonly List<Task> _asks = [];
    private readonly Channel<ShardItem> _mailbox =
        Channel.CreateBounded<ShardItem>(new BoundedChannelOptions(MailboxSize) { SingleReader = true });

    private ConnectionEnd? _end;
    private long _heardMs;
    private long _sentMs;
    private bool _askedForLife;
    private int _brokenInRow;
    private int _version = -1;
    private bool _live;

    /// <summary>When to make room for a fresh connection, on the clock of <see cref="ShardContext.NowMs"/>.</summary>
    public required long LatestEndMs { get; init; }

    /// <summary>Serves until the connection ends or is given up.</summary>
    public async Task<ConnectionEnd> Run(BinanceSocket socket, CancellationToken cancellation)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _heardMs = context.NowMs;
        if (shard.CarriesTickers)
            _subscriptions.Want(Tickers);
        var pump = PumpToEnd(socket, life.Token);
        var ticks = Tick(life.Token);
        try
        {
            while (_end is null && await _mailbox.Reader.WaitToReadAsync(cancellation))
            {
                while (_end is null && _mailbox.Reader.TryRead(out var item))
                    await Take(item, socket, cancellation);
            }

            if (_end is { Planned: true })
                await socket.Close(cancellation);
            return _end ?? new ConnectionEnd(await pump, Planned: false);
        }
        finally
        {
            await life.CancelAsync();
            _mailbox.Writer.TryComplete();
            await Task.WhenAll(pump, ticks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_mailbox.Reader.TryRead(out var left))
            {
                if (left.Frame is { } frame)
                    ArrayPool<byte>.Shared.Return(frame);
            }
        }
    }

    private async Task<string> PumpToEnd(BinanceSocket socket, CancellationToken cancellation)
    {
        try
        {
            return await socket.Pump(_mailbox.Writer, cancellation);
        }
        finally
        {
            _mailbox.Writer.TryComplete();
        }
    }

    private async Task Tick(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TickEvery, context.Clock);
        var tick = new ShardItem(null, 0, null);
        while (await timer.WaitForNextTickAsync(cancellation))
            await _mailbox.Writer.WriteAsync(tick, cancellation);
    }

    private async ValueTask Take(ShardItem item, BinanceSocket socket, CancellationToken cancellation)
    {
        if (item.Frame is { } frame)
        {
            try
            {
                await TakeMessage(frame, item.Length);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(frame);
            }
        }
        else if (item.Act is { } act)
        {
            await act();
        }
        else
        {
            await TakeTick(socket, cancellation);
        }
    }

    private ValueTask TakeMessage(byte[] frame, int length)
    {
        var now = context.NowMs;
        (_heardMs, _askedForLife) = (now, false);
        sink.Heard();
        var kind = _reader.Read(frame.AsSpan(0, length), context.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        _brokenInRow = kind == MessageKind.Broken ? _brokenInRow + 1 : 0;
        switch (kind)
        {
            case MessageKind.Trade when feeds.TryGetValue(_reader.Symbol, out var feed):
                return feed.Trade(_reader.Trade, now);
            case MessageKind.BookTop when feeds.TryGetValue(_reader.Symbol, out var feed):
                return feed.Top(_reader.Top, now);
            case MessageKind.DepthChange when feeds.TryGetValue(_reader.Symbol, out var feed):
                return feed.Change(_reader.Depth!, now);
            case MessageKind.Kline when feeds.TryGetValue(_reader.Symbol, out var feed):
                feed.Kline(_reader.Kline, now);
                break;
            case MessageKind.MiniTickers:
                foreach (var ticker in _reader.Tickers.Where(ticker => !context.Followed(ticker.Symbol)))
                    sink.Ticker(ticker);
                break;
            case MessageKind.Answer:
                TakeAnswer(_reader.Answer, now);
                break;
            case MessageKind.ServerShutdown:
                _end = new ConnectionEnd("Binance announced that this server shuts down", Planned: true);
                break;
            case MessageKind.Broken when _brokenInRow == 1:
                Report($"unreadable message: {_reader.Error}");
                break;
            case MessageKind.Broken when _brokenInRow >= MaxBrokenInRow:
                _end = new ConnectionEnd($"{_brokenInRow} unreadable messages in a row", Planned: false);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void TakeAnswer(SocketAnswer answer, long now)
    {
        if (_subscriptions.Answered(answer, now, Report) is not { Subscribe: true } request || answer.ErrorCode != 0)
            return;
        foreach (var stream in request.Streams)
        {
            if (Symbol.TryParse(stream.Split('@')[0], out var symbol) && feeds.TryGetValue(symbol, out var feed))
                feed.Acknowledged(stream, now);
        }
    }

    private async ValueTask TakeTick(BinanceSocket socket, CancellationToken cancellation)
    {
        var now = context.NowMs;
        if (now >= LatestEndMs)
            _end = new ConnectionEnd("replaced before the 24-hour cut", Planned: true);
        await FollowChanges();
        CheckSilence(now);
        _subscriptions.Expire(now);
        if (_subscriptions.Hopeless)
            _end = new ConnectionEnd("subscriptions are not answered", Planned: false);
        if (_end is null && now - _sentMs >= context.Options.MessageSpacing.TotalMilliseconds)
            await SendNext(socket, now, cancellation);
        if (!_live && _subscriptions.Settled)
        {
            _live = true;
            Report(null);
        }

        foreach (var feed in feeds.Values)
            Ask(feed, now, cancellation);
        foreach (var done in _asks.Where(ask => ask.IsCompleted).ToList())
        {
            _asks.Remove(done);
            await done;
        }
    }

    private async ValueTask FollowChanges()
    {
        var version = shard.Version;
        if (version == _version)
            return;
        _version = version;
        var wanted = shard.Wanted().ToHashSet();
        foreach (var (symbol, feed) in feeds.Where(pair => !wanted.Contains(pair.Key)).ToList())
        {
            feeds.Remove(symbol);
            foreach (var stream in feed.Streams)
                _subscriptions.Drop(stream);
            await feed.Disconnected();
        }

        foreach (var symbol in wanted)
        {
            if (!feeds.TryGetValue(symbol, out var feed))
                feeds[symbol] = feed = new SymbolFeed(symbol, sink.Open(symbol), context.Options, context.Left.GetValueOrDefault(symbol));
            foreach (var stream in feed.Streams)
                _subscriptions.Want(stream);
        }
    }

    private void CheckSilence(long now)
    {
        if (now - _heardMs >= 2 * context.Options.SilentConnection.TotalMilliseconds)
            _end = new ConnectionEnd("the connection is open but silent", Planned: false);
        foreach (var feed in feeds.Values)
        {
            _resubscribe.Clear();
            if (feed.Check(now, _resubscribe))
                _end = new ConnectionEnd($"a stream of {feed.Symbol} stays silent", Planned: false);
            foreach (var stream in _resubscribe)
            {
                Report($"{stream} is silent and was subscribed again");
                _subscriptions.Want(stream, again: true);
            }
        }
    }

    private async ValueTask SendNext(BinanceSocket socket, long now, CancellationToken cancellation)
    {
        if (_subscriptions.Next(now) is { } request)
        {
            _sentMs = now;
            await socket.Send(request.ToJson(), cancellation);
        }
        else if (!_askedForLife && now - _heardMs >= context.Options.SilentConnection.TotalMilliseconds)
        {
            (_sentMs, _askedForLife) = (now, true);
            await socket.Send(SignOfLife, cancellation);
        }
    }

    private void Ask(SymbolFeed feed, long now, CancellationToken cancellation)
    {
        if (feed.Asking)
            return;
        if (feed.WantsTrades(now))
            _asks.Add(FetchTrades(feed, feed.MissingFrom, cancellation));
        else if (feed.WantsSnapshot(now))
            _asks.Add(FetchSnapshot(feed, cancellation));
    }

    private async Task FetchTrades(SymbolFeed feed, long fromId, CancellationToken cancellation)
    {
        await Fetch(feed, () => context.Rest.Trades(feed.Symbol, fromId, context.Options.GapPatience, cancellation), Take, cancellation);

        async ValueTask Take(List<MarketTrade>? page)
        {
            var abandoned = page is null ? await feed.TradesFailed(context.NowMs) : await feed.Page(page, context.NowMs);
            if (abandoned > 0)
                Report($"{feed.Symbol}: {abandoned} trade ids are missing before {feed.MissingFrom} and could not be fetched");
        }
    }

    private Task FetchSnapshot(SymbolFeed feed, CancellationToken cancellation)
    {
        return Fetch(feed, () => context.Rest.Snapshot(feed.Symbol, context.Options.GapPatience, cancellation), Take, cancellation);

        ValueTask Take(Depth? snapshot)
        {
            if (snapshot is not null)
                return feed.Snapshot(snapshot, context.NowMs);
            feed.SnapshotFailed(context.NowMs);
            return ValueTask.CompletedTask;
        }
    }

    private async Task Fetch<T>(SymbolFeed feed, Func<Task<T>> fetch, Func<T?, ValueTask> take, CancellationToken cancellation)
        where T : class
    {
        feed.Asking = true;
        T? answer = null;
        string? trouble = null;
        await context.Requests.WaitAsync(cancellation);
        try
        {
            answer = await fetch();
        }
        catch (HttpRequestException exception)
        {
            trouble = $"{feed.Symbol}: {exception.Message}";
        }
        finally
        {
            context.Requests.Release();
        }

        // The request outlives its connection, for its answer may say to keep silent; then only the result is dropped.
        while (await _mailbox.Writer.WaitToWriteAsync(cancellation) && !_mailbox.Writer.TryWrite(new ShardItem(null, 0, Finish)))
        {
        }

        ValueTask Finish()
        {
            feed.Asking = false;
            if (trouble is not null)
                Report(trouble);
            return take(answer);
        }
    }

    private void Report(string? detail) =>
        context.Report(number, _live ? PriceSourceState.Live : PriceSourceState.Connecting, detail);
}
