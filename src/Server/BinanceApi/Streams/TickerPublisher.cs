using System.Text;
using Lastro.Core.Markets;
using Lastro.Server.Markets;

namespace Lastro.Server.BinanceApi.Streams;

/// <summary>Tells the statistics once a second, of the pairs that changed. Reads what the markets' door knows, so no lane has to do anything for it.</summary>
internal sealed class TickerPublisher(StreamCatalog catalog, MarketsRoom markets, TimeProvider time, ILogger<TickerPublisher> log) : BackgroundService
{
    private const long MinuteMs = 60_000;
    private const int AverageMinutes = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly byte[][] _rollingTypes = [.. StreamName.Windows.Select(window => Encoding.ASCII.GetBytes($"{window.Name}Ticker"))];

    private readonly FrameWriter _writer = new();
    private readonly Dictionary<Symbol, DayTicker> _told = [];
    private readonly List<(Symbol Symbol, DayTicker Day)> _changed = [];

    public override void Dispose()
    {
        _writer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Tell(stoppingToken);
            }
#pragma warning disable CA1031 // A source that fails now must not end the statistics for good.
            catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.LogError(error, "The statistics could not be told");
            }
        }
    }

    private async Task Tell(CancellationToken cancellation)
    {
        Gather();
        Everything(catalog.MiniTickers, mini: true);
        Everything(catalog.DayTickers, mini: false);
        for (var i = 0; i < StreamName.Windows.Count; i++)
        {
            if (catalog.Rolling[i].Watched) await Rolling(i, cancellation);
        }

        foreach (var pair in catalog.Watched) await Tell(pair, cancellation);
    }

    /// <summary>Which pairs differ from what was last told; with nobody to tell, none is remembered.</summary>
    private void Gather()
    {
        _changed.Clear();
        var all = catalog.MiniTickers.Watched || catalog.DayTickers.Watched || catalog.Rolling.Any(topic => topic.Watched);
        var asked = catalog.MiniTickers.TakeAsked() | catalog.DayTickers.TakeAsked();
        if (!all)
        {
            _told.Clear();
            return;
        }

        foreach (var pair in markets.Instruments)
        {
            if (markets.Day(pair.Symbol) is not { Last: > 0m } day) continue;
            if (!asked && _told.TryGetValue(pair.Symbol, out var before) && before == day) continue;
            _told[pair.Symbol] = day;
            _changed.Add((pair.Symbol, day));
        }
    }

    private void Everything(WireTopic topic, bool mini)
    {
        if (!topic.Watched || _changed.Count == 0) return;
        var (json, now) = (_writer.Begin(), markets.NowMs);
        json.WriteStartArray();
        foreach (var (symbol, day) in _changed)
        {
            if (mini) TickerEvents.Mini(json, symbol, day, now);
            else TickerEvents.Day(json, symbol, day, now);
        }

        json.WriteEndArray();
        // Only what changed is in it, so the next one does not replace it.
        _writer.Publish(topic);
    }

    private async Task Rolling(int window, CancellationToken cancellation)
    {
        var found = new List<(Symbol Symbol, RollingWindow Window)>();
        foreach (var (symbol, day) in _changed)
        {
            if (await Window(symbol, window, day.LastTradeId, cancellation) is { } rolling) found.Add((symbol, rolling));
        }

        if (found.Count == 0) return;
        var (json, now) = (_writer.Begin(), markets.NowMs);
        json.WriteStartArray();
        foreach (var (symbol, rolling) in found) TickerEvents.Rolling(json, symbol, rolling, now);
        json.WriteEndArray();
        _writer.Publish(catalog.Rolling[window]);
    }

    private async Task Tell(PairStreams pair, CancellationToken cancellation)
    {
        if (!pair.Statistics || markets.Day(pair.Symbol) is not { Last: > 0m } day) return;
        var fresh = pair.TakeStatisticsAsked();
        if (!fresh && pair.LastTold == day) return;
        pair.LastTold = day;
        var now = markets.NowMs;
        if (pair.MiniTicker.Watched)
        {
            TickerEvents.Mini(_writer.Begin(), pair.Symbol, day, now);
            _writer.Publish(pair.MiniTicker, key: 0);
        }

        if (pair.Ticker.Watched)
        {
            TickerEvents.Day(_writer.Begin(), pair.Symbol, day, now);
            _writer.Publish(pair.Ticker, key: 0);
        }

        for (var i = 0; i < pair.Rolling.Count; i++)
        {
            if (!pair.Rolling[i].Watched || await Window(pair.Symbol, i, day.LastTradeId, cancellation) is not { } window) continue;
            TickerEvents.Rolling(_writer.Begin(), pair.Symbol, window, now);
            _writer.Publish(pair.Rolling[i], key: 0);
        }

        if (pair.AvgPrice.Watched) await Average(pair, day, cancellation);
    }

    private async Task Average(PairStreams pair, DayTicker day, CancellationToken cancellation)
    {
        var now = markets.NowMs;
        var span = await markets.Since(pair.Symbol, now - (now % MinuteMs) - ((AverageMinutes - 1) * MinuteMs), cancellation);
        var mean = span is { QuoteVolume: > 0m } traded && traded.Volume.Value > 0m ? TickerEvents.Mean(traded.QuoteVolume, traded.Volume.Value) : span?.Close.Value ?? day.Last;
        TickerEvents.Average(_writer.Begin(), pair.Symbol, mean, (day.CloseMs, now));
        _writer.Publish(pair.AvgPrice, key: 0);
    }

    private async Task<RollingWindow?> Window(Symbol symbol, int window, long lastTradeId, CancellationToken cancellation)
    {
        var now = markets.NowMs;
        var open = Math.Max(0, now - (now % MinuteMs) - (StreamName.Windows[window].Minutes * MinuteMs));
        return await markets.Since(symbol, open, cancellation) is { } candle ? new RollingWindow(_rollingTypes[window], open, candle, lastTradeId) : null;
    }
}
